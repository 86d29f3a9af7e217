package dev.handoff.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

@AnalyzeClasses(packages = "dev.handoff", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String CORE = "dev.handoff";
  private static final String STORE = "dev.handoff.store..";
  private static final String ENGINE = "dev.handoff.engine..";
  private static final String JDBC = "dev.handoff.jdbc..";
  private static final String AI = "dev.handoff.ai..";
  private static final String SPRING = "dev.handoff.spring..";
  private static final String SYSTEMS = "dev.handoff.systems..";
  private static final String SYSTEM_CALLS = "dev.handoff.systems.*.web..";
  private static final String SYSTEM_MODELS = "dev.handoff.systems.*.ai..";
  private static final String SERVER = "dev.handoff.server..";

  @ArchTest
  static final ArchRule coreKnowsNoRoomAboveIt =
      noClasses()
          .that()
          .resideInAnyPackage(CORE, STORE, ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              JDBC,
              AI,
              SPRING,
              SYSTEMS,
              SERVER,
              "java.sql..",
              "org.springframework..",
              "tools.jackson..")
          .because(
              "core is a plain library; put what needs SQL, JSON or Spring in the room for it");

  @ArchTest
  static final ArchRule onlyTheEntryUsesTheEngine =
      noClasses()
          .that()
          .resideOutsideOfPackage(ENGINE)
          .and()
          .doNotHaveFullyQualifiedName("dev.handoff.Handoff")
          .and()
          .resideOutsideOfPackage("dev.handoff.testing.simulation..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(ENGINE)
                  .and(DescribedPredicate.not(nameMatching(".*\\.(EngineLog|Scheduler.*)"))))
          .because(
              "the engine's parts change freely; use dev.handoff.Handoff instead. Stores start"
                  + " their threads through its Scheduler, and the simulation replaces that");

  // `Handoff` starts an engine over a store, and `Extensions` knows the engine's log as its
  // default.
  @ArchTest
  static final ArchRule packagesOfCoreFormNoCycle =
      slices()
          .assignedFrom(packages("the packages of core", ArchitectureTest::isOfCore))
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              nameMatching("dev\\.handoff\\.(Handoff|Extensions)"), DescribedPredicate.alwaysTrue())
          .because("a package can be understood, and moved, without those that use it");

  @ArchTest
  static final ArchRule jdbcAndAiKnowOnlyCore =
      noClasses()
          .that()
          .resideInAnyPackage(JDBC, AI)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SPRING, SYSTEMS, SERVER, "org.springframework..")
          .because(
              "store and AI access work without Spring; use the starter's package for what needs it");

  @ArchTest
  static final ArchRule jdbcAndAiDoNotKnowEachOther =
      noClasses().that().resideInAPackage(JDBC).should().dependOnClassesThat().resideInAPackage(AI);

  @ArchTest
  static final ArchRule onlyJdbcUsesItsInnerPackages =
      noClasses()
          .that()
          .resideOutsideOfPackage(JDBC)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.handoff.jdbc.sql..",
              "dev.handoff.jdbc.row..",
              "dev.handoff.jdbc.sqlite..",
              "dev.handoff.jdbc.postgres..")
          .because("the stores' inner types change freely; use those of dev.handoff.jdbc instead");

  @ArchTest
  static final ArchRule packagesOfJdbcHaveNoCycles =
      slices()
          .assignedFrom(
              packages(
                  "the packages of dev.handoff.jdbc",
                  name -> (name + ".").startsWith("dev.handoff.jdbc.")))
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule aiDoesNotKnowJdbc =
      noClasses().that().resideInAPackage(AI).should().dependOnClassesThat().resideInAPackage(JDBC);

  @ArchTest
  static final ArchRule theStarterKnowsNoSystem =
      noClasses()
          .that()
          .resideInAPackage(SPRING)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SYSTEMS, SERVER, AI)
          .because("the starter goes into other people's applications; keep ours in systems");

  @ArchTest
  static final ArchRule systemsDoNotKnowTheServer =
      noClasses()
          .that()
          .resideInAPackage(SYSTEMS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SERVER);

  @ArchTest
  static final ArchRule systemsDoNotKnowEachOther =
      slices()
          .assignedFrom(
              packages(
                  "the systems",
                  name -> name.matches("dev\\.handoff\\.systems\\.(?!(kit|accounts|audit)\\b).+"),
                  name -> name.replaceFirst("(systems\\.\\w+).*", "$1")))
          .should()
          .notDependOnEachOther()
          .because("what two systems need is put into the kit");

  @ArchTest
  static final ArchRule aSystemDoesNotKnowItsCallsOrItsModels =
      noClasses()
          .that()
          .resideInAPackage("dev.handoff.systems.*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SYSTEM_CALLS, SYSTEM_MODELS)
          .because("web and ai use the rules, the tables and the interfaces above them");

  @ArchTest
  static final ArchRule callsAndModelsOfASystemDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage(SYSTEM_CALLS)
          .and()
          .areNotAnnotatedWith("org.springframework.context.annotation.Configuration")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SYSTEM_MODELS)
          .because("a call uses an interface of the domain, whoever implements it");

  @ArchTest
  static final ArchRule packagesOfSystemsHaveNoCycles =
      slices()
          .assignedFrom(
              packages(
                  "the packages of dev.handoff.systems",
                  name -> (name + ".").startsWith("dev.handoff.systems.")))
          .should()
          .beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveNameMatching(
              ".*\\.(\\w*(Manager|Helper|Utils?|Impl)|Abstract\\w*|Base[A-Z]\\w*|I[A-Z][a-z]\\w*)")
          .because("such names say nothing; name the thing for what it is or does (docs: style)");

  @ArchTest
  static final ArchRule classesAreFinal =
      classes()
          .that(are(ordinaryClasses()))
          .should()
          .haveModifier(JavaModifier.FINAL)
          .because("behaviour is composed, not inherited; compose with small interfaces instead");

  @ArchTest
  static final ArchRule timeComesFromTheClock =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callConstructor(Date.class)
          .because("tests travel in time; take a TimeSource or InstantSource in the constructor");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .should()
          .callMethodWhere(
              com.tngtech.archunit.core.domain.JavaCall.Predicates.target(nameMatching("sleep"))
                  .and(
                      com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                          com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With
                              .owner(
                                  com.tngtech.archunit.core.domain.JavaClass.Predicates.type(
                                      Thread.class)))))
          .because("waiting is for a condition or a time of the clock; use the engine's Waiter");

  @ArchTest
  static final ArchRule methodsTakeAtMostFourParameters =
      methods()
          .that(are(ownCode()))
          .should(haveAtMost(4))
          .because("more than four parameters mean that a record is missing");

  @ArchTest
  static final ArchRule constructorsTakeAtMostSevenParameters =
      constructors()
          .that(are(ownCode()))
          .and(are(notOfWireShapes()))
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .doNotHaveFullyQualifiedName("dev.handoff.store.Claim")
          .should(haveAtMost(7))
          .because(
              "more than seven components mean that a record is missing; only wire shapes are flat,"
                  + " and what is wired inside of a package, and a claim, which is a row");

  @ArchTest
  static final ArchRule booleansDoNotTravelInPairs =
      codeUnits()
          .that(are(ownCode()))
          .and()
          .areDeclaredInClassesThat()
          .areNotRecords()
          .should(haveAtMostOneBoolean())
          .because("two booleans at a call say nothing; use an enum or a record instead");

  // The package at the root is a slice as well, which a pattern of sub-packages would leave out.
  private static SliceAssignment packages(String description, Predicate<String> belongs) {
    return packages(description, belongs, name -> name);
  }

  private static SliceAssignment packages(
      String description, Predicate<String> belongs, UnaryOperator<String> slice) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        return belongs.test(name)
            ? SliceIdentifier.of(slice.apply(name))
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return description;
      }
    };
  }

  private static boolean isOfCore(String name) {
    return name.equals(CORE)
        || name.matches("dev\\.handoff\\.(?!(jdbc|ai|spring|systems|server|testing|rules)\\b).*");
  }

  private static DescribedPredicate<JavaClass> ordinaryClasses() {
    return DescribedPredicate.describe(
        "ordinary classes",
        type ->
            !type.isInterface()
                && !type.isRecord()
                && !type.isEnum()
                && !type.isAnonymousClass()
                && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && !type.getSimpleName().isEmpty()
                && !type.getSimpleName().equals("package-info")
                && !type.getName().equals("dev.handoff.HandoffException")
                && !type.isMetaAnnotatedWith(
                    "org.springframework.context.annotation.Configuration"));
  }

  // What the compiler adds is nobody's choice, and what Spring wires is called by nobody.
  private static DescribedPredicate<JavaCodeUnit> ownCode() {
    return DescribedPredicate.describe(
        "own code",
        unit ->
            !unit.getModifiers().contains(JavaModifier.SYNTHETIC)
                && !unit.getName().startsWith("lambda$")
                && !unit.isAnnotatedWith("org.springframework.context.annotation.Bean")
                && !unit.getOwner().isAnonymousClass()
                && !unit.getOwner().isEnum());
  }

  // Records in a "wire" package or in a "…Views" class mirror JSON, which is flat.
  private static DescribedPredicate<JavaCodeUnit> notOfWireShapes() {
    return DescribedPredicate.describe(
        "not of wire shapes",
        unit ->
            !unit.getOwner().getPackageName().endsWith(".wire")
                && !unit.getOwner().getName().matches(".*Views\\$.*"));
  }

  private static ArchCondition<JavaCodeUnit> haveAtMost(int count) {
    return new ArchCondition<>("have at most " + count + " parameters") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        int parameters = unit.getRawParameterTypes().size();
        if (parameters > count && !overrides(unit)) {
          events.add(
              SimpleConditionEvent.violated(
                  unit, unit.getFullName() + " has " + parameters + " parameters"));
        }
      }
    };
  }

  // An interface of a library leaves no choice.
  private static boolean overrides(JavaCodeUnit unit) {
    return unit.getOwner().getAllRawInterfaces().stream()
        .filter(type -> !type.getPackageName().startsWith("dev.handoff"))
        .anyMatch(type ->
            type.getMethods().stream().anyMatch(method -> method.getName().equals(unit.getName())));
  }

  private static ArchCondition<JavaCodeUnit> haveAtMostOneBoolean() {
    return new ArchCondition<>("have at most one boolean parameter") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        long booleans =
            unit.getRawParameterTypes().stream()
                .filter(type -> type.getName().equals("boolean"))
                .count();
        if (booleans > 1) {
          events.add(
              SimpleConditionEvent.violated(
                  unit, unit.getFullName() + " has " + booleans + " booleans"));
        }
      }
    };
  }

  @ArchTest
  static void everyClassWasSeen(JavaClasses classes) {
    // An empty import would make every rule above hold.
    for (String room : new String[] {"jdbc", "ai", "spring", "systems", "server"}) {
      if (classes.stream()
          .noneMatch(type -> type.getPackageName().startsWith("dev.handoff." + room))) {
        throw new AssertionError(
            "no class of " + room + " was seen; the rules would prove nothing");
      }
    }
  }
}
