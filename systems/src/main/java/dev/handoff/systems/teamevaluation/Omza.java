package dev.handoff.systems.teamevaluation;

/// What pupils assess in each other, by the criterion's number; from 1 to 5.
public enum Omza {
  ORGANISEREN(1, "Organiseren"),
  MEEDOEN(2, "Meedoen"),
  ZELFVERTROUWEN(3, "Zelfvertrouwen"),
  AUTONOMIE(4, "Autonomie");

  public static final int BEST = 5;

  private final int criterion;
  private final String word;

  Omza(int criterion, String word) {
    this.criterion = criterion;
    this.word = word;
  }

  public String word() {
    return word;
  }

  public int criterion() {
    return criterion;
  }
}
