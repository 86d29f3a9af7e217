package dev.handoff.ai.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/// Full-text retrieval over some notes, held in memory. Deterministic. Safe for use by many
/// threads.
public final class NoteIndex implements AutoCloseable {
  /// Notes that speak of less of the question than this are not offered at all.
  public static final double LEAST_COVERAGE = 0.45;

  private static final int MOST_QUERY_TERMS = 64;
  private static final int MOST_CHARACTERS = 4000;

  /// What a word counts for that is mentioned only in the body: a note is *about* its title and
  /// keywords.
  private static final double MENTIONED = 0.6;

  /// How much a match counts for the order, by where it is.
  private static final Map<String, Float> BOOSTS =
      Map.of("title", 3f, "keywords", 2.5f, "topic", 1.5f, "body", 1f);

  /// Words of asking, which say nothing about what is asked for.
  private static final List<String> FILLERS =
      List.of(
          """
          a about all also am an and any are as at be but by can can't cannot could did do does doing don't dont didn't doesn't explain find for from
          get give go got had has have hello help hey hi how i if in into is it just know learn
          let like looking make me my need never no not of on one or our out please question
          re really s say see should show so some t tell than thank thanks that the their them then
          there these they thing this to too try understand up us use using want was way we well were
          what when where which who why will with work works would you your
          """
              .strip()
              .split("\\s+"));

  private final List<Note> notes;
  private final List<NoteTerms> terms = new ArrayList<>();
  private final Analyzer analyzer = new EnglishAnalyzer(new CharArraySet(FILLERS, true));
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  private NoteIndex(List<Note> notes) throws IOException {
    this.notes = List.copyOf(notes);
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      for (Note note : this.notes) {
        writer.addDocument(toDocument(note));
        String heading = note.title() + "\n" + note.keywords() + "\n" + note.topic();
        terms.add(new NoteTerms(Set.copyOf(analyzed(heading)), Set.copyOf(analyzed(note.body()))));
      }
      writer.forceMerge(1);
    }
    this.reader = DirectoryReader.open(directory);
    this.searcher = new IndexSearcher(reader);
  }

  /// The words of one note.
  private record NoteTerms(Set<String> heading, Set<String> body) {
    double share(String term) {
      if (heading.contains(term)) {
        return 1;
      }
      return body.contains(term) ? MENTIONED : 0;
    }
  }

  /// Indexes the notes; takes some ten milliseconds for a hundred of them.
  public static NoteIndex of(List<Note> notes) {
    try {
      return new NoteIndex(notes);
    } catch (IOException e) {
      throw new UncheckedIOException("An index in memory failed", e);
    }
  }

  private static Document toDocument(Note note) {
    Document document = new Document();
    document.add(new TextField("title", note.title(), Field.Store.NO));
    document.add(new TextField("keywords", String.join(", ", note.keywords()), Field.Store.NO));
    document.add(new TextField("topic", note.topic(), Field.Store.NO));
    document.add(new TextField("body", note.body(), Field.Store.NO));
    return document;
  }

  /// The notes in the order they were given.
  public List<Note> notes() {
    return notes;
  }

  /// At most `n` notes that fit the query, best first; none that cover less than [#LEAST_COVERAGE]
  /// of it. Reads the first 4,000 characters of the query.
  public List<FoundNote> closest(String query, int n) {
    String read = query.length() > MOST_CHARACTERS ? query.substring(0, MOST_CHARACTERS) : query;
    try {
      List<String> asked = analyzed(read).stream().limit(MOST_QUERY_TERMS).toList();
      if (asked.isEmpty() || n < 1) {
        return List.of();
      }
      List<FoundNote> found = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(toQuery(asked), Math.max(10, n)).scoreDocs) {
        double coverage = coverage(asked, terms.get(hit.doc));
        if (coverage >= LEAST_COVERAGE && found.size() < n) {
          found.add(new FoundNote(notes.get(hit.doc), hit.score, coverage));
        }
      }
      return List.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException("An index in memory failed", e);
    }
  }

  private static BooleanQuery toQuery(List<String> asked) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String term : asked) {
      BOOSTS.forEach((field, boost) ->
          query.add(new BoostQuery(new TermQuery(new Term(field, term)), boost), Occur.SHOULD));
    }
    return query.build();
  }

  private double coverage(List<String> asked, NoteTerms present) {
    double covered = 0;
    double all = 0;
    for (String term : asked) {
      double weight = weight(term);
      all += weight;
      covered += weight * present.share(term);
    }
    return covered / all;
  }

  /// Inverse document frequency as in BM25.
  private double weight(String term) {
    long having = terms.stream().filter(present -> present.share(term) > 0).count();
    return Math.log(1 + (notes.size() - having + 0.5) / (having + 0.5));
  }

  /// The distinct terms of a text as the index knows them, in order.
  private List<String> analyzed(String text) throws IOException {
    Set<String> distinct = new LinkedHashSet<>();
    try (TokenStream stream = analyzer.tokenStream("body", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        distinct.add(term.toString());
      }
      stream.end();
    }
    return List.copyOf(distinct);
  }

  @Override
  public void close() {
    try {
      reader.close();
      directory.close();
      analyzer.close();
    } catch (IOException e) {
      throw new UncheckedIOException("An index in memory failed", e);
    }
  }
}
