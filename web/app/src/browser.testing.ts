// The document of the test browser has no doctype, which KaTeX warns of when it is loaded.
if (typeof document !== 'undefined') {
  Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });
}
