package dev.handoff.systems.teamevaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A school of the demo, as its file tells of it.
record DemoClass(
    long id,
    String tenant,
    String name,
    List<DemoPerson> people,
    List<DemoRound> rounds,
    List<Remark> remarks) {

  /// Somebody of the school; without a seat in a class a teacher.
  record DemoPerson(long id, String email, String name, @Nullable Seat seat) {
    boolean isUnseen() {
      return seat != null && seat.seen() == '?';
    }

    String firstName() {
      return name.substring(0, name.indexOf(' '));
    }
  }

  /// Where a pupil is, and how the others see the pupil.
  record Seat(String className, int team, char seen) {}

  record DemoRound(long id, String status, String title) {
    boolean isOpen() {
      return status.equals("open");
    }
  }

  record Remark(long round, long student, String text) {}

  List<DemoPerson> students() {
    return people.stream().filter(person -> person.seat() != null).toList();
  }

  /// The pupils of the same team, and the pupil.
  List<DemoPerson> teamOf(DemoPerson student) {
    int team = Objects.requireNonNull(student.seat()).team();
    return students().stream()
        .filter(other -> Objects.requireNonNull(other.seat()).team() == team)
        .toList();
  }

  static List<DemoClass> shipped() {
    List<DemoClass> schools = new ArrayList<>();
    for (String[] line : DemoSchools.lines("schools.txt")) {
      long id = Long.parseLong(line[1]);
      if (line[0].equals("school")) {
        schools.add(
            new DemoClass(
                id, line[2], line[3], new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
      } else {
        schools.getLast().add(id, line);
      }
    }
    return schools;
  }

  private void add(long id, String[] line) {
    switch (line[0]) {
      case "teacher" -> people.add(new DemoPerson(id, line[2], line[3], null));
      case "student" -> {
        Seat seat = new Seat(line[2], Integer.parseInt(line[3]), line[4].charAt(0));
        people.add(new DemoPerson(id, DemoSchools.emailOf(id, tenant), line[5], seat));
      }
      case "evaluation" -> rounds.add(new DemoRound(id, line[2], line[3]));
      case "remark" -> remarks.add(new Remark(id, Long.parseLong(line[2]), line[3]));
      default -> throw new IllegalArgumentException("a line of the demo begins with " + line[0]);
    }
  }
}
