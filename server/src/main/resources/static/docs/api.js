// Shows the API's description. Calls tried from here carry the login's cookie, and so its proof.
const cookie = (name) =>
  document.cookie.split('; ').find((each) => each.startsWith(name + '='))?.slice(name.length + 1);

const dark = matchMedia('(prefers-color-scheme: dark)');
const paint = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', paint);
paint();

try {
  const answer = await fetch('/docs/where.json');
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const { document: url } = await answer.json();
  window.SwaggerUIBundle({
    url,
    dom_id: '#api',
    deepLinking: true,
    tryItOutEnabled: true,
    persistAuthorization: false,
    requestInterceptor: (request) => {
      const proof = cookie('csrftoken');
      if (proof && !request.headers.Authorization) request.headers['X-CSRFToken'] = proof;
      return request;
    },
  });
} catch (failure) {
  const words = document.createElement('p');
  words.id = 'failed';
  words.setAttribute('role', 'alert');
  words.textContent = `The description could not be loaded (${failure.message}). Reload the page to try again.`;
  document.getElementById('api').append(words);
}
