package dev.handoff.systems.teamevaluation.names;

import java.util.HashMap;
import java.util.Map;

/// Letters that people type, or are led to read, in place of Latin ones, and that Unicode's
/// compatibility forms do not map. The tables of Unicode's security mechanisms have thousands more,
/// for scripts in which no Dutch comment is written.
final class LookAlikes {
  private static final int NEGATIVE_CIRCLED = 0x1F150;
  private static final int NEGATIVE_SQUARED = 0x1F170;
  private static final int REGIONAL = 0x1F1E6;
  private static final int ALPHABET = 26;

  // The letter, then what it is read as.
  private static final String CYRILLIC =
      "аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw кk мm тt вb нh пn ӏl"
          + " АA ЕE ОO РP СC УY ХX ІI ЈJ ЅS КK МM ТT ВB НH ӀI ҮY";
  private static final String GREEK =
      "αa οo νv ρp τt υu ιi κk εe ηn γy χx ωw βb" + " ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX";
  private static final String ARMENIAN = "ոn օo սu հh";
  private static final String SMALL_CAPITALS =
      "ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz";
  private static final String OTHERS =
      "ɑa ɡg ɩi ıi əe łl ŁL øo ØO đd ĐD ðd ÐD ħh ĦH ŧt ŦT ɓb ɗd ƙk ŀl";
  // The signs with which names are put together and shortened.
  private static final String SIGNS = "’' ‘' ʼ' ′' ‛' ՚' ´' `' ʻ' ʹ' ＇'";

  private static final Map<Integer, String> LETTERS = new HashMap<>();

  static {
    String pairs = String.join(" ", CYRILLIC, GREEK, ARMENIAN, SMALL_CAPITALS, OTHERS, SIGNS);
    for (String pair : pairs.split(" ", -1)) {
      LETTERS.put((int) pair.charAt(0), pair.substring(1));
    }
    LETTERS.putAll(
        Map.of(
            (int) 'ß', "ss", (int) 'ẞ', "SS", (int) 'æ', "ae", (int) 'Æ', "Ae", (int) 'œ', "oe",
            (int) 'Œ', "Oe", (int) 'þ', "th", (int) 'Þ', "Th", (int) 'ĳ', "ij", (int) 'Ĳ', "IJ"));
    for (int i = 0; i < ALPHABET; i++) {
      String letter = Character.toString('A' + i);
      for (int first : new int[] {NEGATIVE_CIRCLED, NEGATIVE_SQUARED, REGIONAL}) {
        LETTERS.put(first + i, letter);
      }
    }
  }

  private LookAlikes() {}

  /// What a character is read as; itself, if it looks like no other.
  static String read(int character) {
    String letter = LETTERS.get(character);
    return letter == null ? Character.toString(character) : letter;
  }
}
