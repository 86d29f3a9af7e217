package dev.handoff.systems.teamevaluation.names;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Finds what leads to a person without a name: e-mail addresses, web addresses, accounts in social
/// networks, telephone numbers, streets with numbers and postcodes. Every expression begins where a
/// word begins and gives nothing back of what it took, so that the time is proportional to the
/// text.
final class ContactFinder {
  private static final List<String> COUNTRIES = List.of("NL", "BE", "DE");
  // How many rows of digits that are no telephone number are looked at in one text.
  private static final long MOST_TRIES = 200;

  private static final String LOCAL = "[\\p{L}\\p{N}._%+'-]";
  private static final String LABEL = "[\\p{L}\\p{N}-]++";
  private static final String DOMAIN = LABEL + "(?:\\." + LABEL + ")";
  private static final String ENDINGS = "(?:com|nl|org|net|eu|info|edu|be|de|uk)";
  private static final Pattern EMAIL =
      Pattern.compile(
          ("(?<!" + LOCAL + ")" + LOCAL + "++(?:@" + DOMAIN + "{0,9}+")
              + ("|(?:\\s@\\s|\\s?[(\\[](?:at|apenstaartje)[)\\]]\\s?)" + DOMAIN + "{1,9}+")
              + ("|\\s?[(\\[](?:at|apenstaartje)[)\\]]\\s?" + LABEL)
              + ("\\s?[(\\[](?:dot|punt)[)\\]]\\s?" + ENDINGS + "\\b")
              + ("|\\s(?:at|apenstaartje)\\s" + LABEL + "\\s(?:dot|punt)\\s" + ENDINGS + "\\b")
              + (")(?:@" + DOMAIN + "{0,9}+){0,3}+(?:\\s(?:dot|punt)\\s" + ENDINGS + "\\b)?"));

  private static final String NOT_WITHIN = "(?<![\\p{L}\\p{N}@._-])";
  private static final Pattern WEB =
      Pattern.compile(
          ("(?<![\\p{L}\\p{N}])(?:https?|ftp)://\\S++|" + NOT_WITHIN + "www\\.\\S++")
              + ("|" + NOT_WITHIN + "(?:" + LABEL + "\\.){1,6}")
              + "(?:(?:com|nl|org|net|eu|info|edu|gg|tv|dev)(?![\\p{L}\\p{N}-])(?:/\\S*+)?+"
              + "|\\p{L}{2,6}+/[\\p{L}\\p{N}@_~-]\\S*+)");

  private static final Pattern HANDLE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}._@])@([\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*+)"
              + "|(?<![\\p{L}\\p{N}._#])[\\p{L}\\p{N}._]{2,32}+#\\d{4}(?!\\d)");
  private static final Pattern ACCOUNT =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:insta(?:gram)?|snap(?:chat)?|tiktok|discord|telegram|twitter|ig|sc"
              + "|facebook|fb|steam|roblox|psn|xbox|signal|whatsapp)"
              + "(?:\\s?(?:naam|account|name|user))?(\\s?[:=]\\s?|\\s(?:is\\s|heet\\s)?)"
              + "([\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*+)");

  private static final String BEFORE = "(?<![\\p{L}\\p{N}.'-])";
  private static final String CAPITAL = "\\p{Lu}[\\p{L}.'-]*+";
  private static final String PARTICLES =
      "(?:(?:van|von|de|der|den|dem|het|'t|ten|ter|la)\\s){0,3}+";
  private static final String NUMBER =
      ",?\\s(?:nr\\.?\\s?|huisnummer\\s)?\\d{1,4}(?:\\s?(?:[a-zA-Z]|bis|hs|huis)(?![\\p{L}])|[-/]\\d{1,3}+)?+(?![\\p{N}:%])";
  private static final String PLACE =
      "(?:,?\\s(?:[1-9]\\d{3}\\s?[A-Z]{2}|\\d{5})(?:,?\\s\\p{Lu}[\\p{L}'-]++)?+)?+";
  private static final Pattern STREET =
      Pattern.compile(
          (BEFORE + "(?:" + CAPITAL + "\\s" + PARTICLES + "){0,3}")
              + ("(\\p{L}{2,30}(?:straat|straatje|plein|gracht|singel|dreef|plantsoen|straße|strasse|laan|weg|dijk|kade)"
                  + "|\\p{Lu}\\p{L}{1,30}(?:hof|pad|steeg|markt|park|gasse|allee|platz|damm)")
              + ("|"
                  + CAPITAL
                  + "\\s(?i:straat|laan|plein|gracht|kade|singel|weg|dijk|hof)|(?:Laan|Plein|Weg|Straat|Park|Hof|Dreef)\\s"
                  + PARTICLES
                  + CAPITAL
                  + ")")
              + (NUMBER + PLACE));
  private static final Pattern ENGLISH_STREET =
      Pattern.compile(
          BEFORE
              + "\\d{1,4}[a-zA-Z]?\\s(?:"
              + CAPITAL
              + "\\s){1,3}(?:Street|Road|Avenue|Lane|Drive|Close|Square|Court|St|Rd|Ave)(?!\\p{L})");
  private static final Pattern POSTCODE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])[1-9]\\d{3}(?:\\s?[A-Z]{2}|[a-z]{2})(?![\\p{L}\\p{N}])"
              + "(?:,?\\s\\p{Lu}[\\p{Ll}'-]++)?+");
  private static final Set<String> NO_STREETS =
      Set.of(
          "opslaan",
          "verslaan",
          "overslaan",
          "aanslaan",
          "afslaan",
          "inslaan",
          "toeslaan",
          "onderweg",
          "omweg",
          "snelweg",
          "uitweg",
          "heenweg",
          "terugweg",
          "middenweg",
          "decade",
          "arcade");
  private static final String AFTER = ".,;:!?)]}\"'…";

  private ContactFinder() {}

  /// Where such things are in the folded text, in no order.
  static List<TextSpan> find(FoldedText text) {
    List<TextSpan> found = new ArrayList<>();
    EMAIL.matcher(text.lower()).results().forEach(match -> add(found, match));
    WEB.matcher(text.lower()).results().forEach(match -> addWithoutMarks(found, match));
    HANDLE
        .matcher(text.lower())
        .results()
        .filter(match -> match.group(1) == null || !OrdinaryWords.anyHas(match.group(1)))
        .forEach(match -> addWithoutMarks(found, match));
    accounts(text, found);
    STREET
        .matcher(text.cased())
        .results()
        .filter(match -> !NO_STREETS.contains(lower(text, match, 1)))
        .forEach(match -> add(found, match));
    ENGLISH_STREET.matcher(text.cased()).results().forEach(match -> add(found, match));
    POSTCODE.matcher(text.cased()).results().forEach(match -> add(found, match));
    telephones(text.lower(), found);
    return found;
  }

  private static String lower(FoldedText text, MatchResult match, int group) {
    return text.lower().substring(match.start(group), match.end(group));
  }

  private static void add(List<TextSpan> found, MatchResult match) {
    found.add(new TextSpan(match.start(), match.end()));
  }

  private static void addWithoutMarks(List<TextSpan> found, MatchResult match) {
    String text = match.group();
    int length = text.length();
    while (length > 1 && AFTER.indexOf(text.charAt(length - 1)) >= 0) {
      length--;
    }
    found.add(new TextSpan(match.start(), match.start() + length));
  }

  // "snap: lotte.b" and "insta lotte_b2"; not "insta is leuk".
  private static void accounts(FoldedText text, List<TextSpan> found) {
    ACCOUNT
        .matcher(text.lower())
        .results()
        .forEach(match -> {
          String account = match.group(2);
          boolean told = match.group(1).contains(":") || match.group(1).contains("=");
          boolean isTechnical = account.chars().anyMatch(c -> c == '_' || Character.isDigit(c));
          if ((told && !OrdinaryWords.anyHas(account)) || isTechnical) {
            found.add(new TextSpan(match.start(2), match.end(2)));
          }
        });
  }

  private static void telephones(String text, List<TextSpan> found) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    for (String country : COUNTRIES) {
      for (PhoneNumberMatch match :
          numbers.findNumbers(text, country, Leniency.VALID, MOST_TRIES)) {
        found.add(new TextSpan(match.start(), match.end()));
      }
    }
  }
}
