package logtail.verify;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the architecture. When one fails, the code is in the wrong module, not the rule. */
class ArchitectureTest {
    private static final String GENERATED = "logtail.wire.proto";

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("logtail");

    /** core, wire, runtime, sources, services, cli: each may use what is left of it. */
    @Test
    void modulesPointOneWay() {
        ArchRule rule = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("core")
                .definedBy("logtail.core..")
                .layer("wire")
                .definedBy("logtail.wire..")
                .layer("runtime")
                .definedBy("logtail.runtime..")
                .layer("sources")
                .definedBy("logtail.sources..")
                .layer("collector")
                .definedBy("logtail.collector..")
                .layer("aggregator")
                .definedBy("logtail.aggregator..")
                .layer("frontend")
                .definedBy("logtail.frontend..")
                .layer("cli")
                .definedBy("logtail.cli..")
                .whereLayer("wire")
                .mayOnlyAccessLayers("core")
                .whereLayer("core")
                .mayNotAccessAnyLayer()
                .whereLayer("runtime")
                .mayOnlyAccessLayers("core", "wire")
                .whereLayer("sources")
                .mayOnlyAccessLayers("core", "runtime")
                .whereLayer("collector")
                .mayOnlyAccessLayers("core", "wire", "runtime", "sources")
                .whereLayer("aggregator")
                .mayOnlyAccessLayers("core", "wire", "runtime")
                .whereLayer("frontend")
                .mayOnlyAccessLayers("core", "wire", "runtime")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer();
        rule.check(ALL);
    }

    @Test
    void everyClassHasAModule() {
        ArchRule rule = classes()
                .should()
                .resideInAnyPackage(
                        "logtail.core..",
                        "logtail.wire..",
                        "logtail.runtime..",
                        "logtail.sources..",
                        "logtail.collector..",
                        "logtail.aggregator..",
                        "logtail.frontend..",
                        "logtail.cli..");
        rule.check(ALL);
    }

    @Test
    void packagesOfCoreHaveNoCycles() {
        ArchRule rule = slices().matching("logtail.core.(*)..").should().beFreeOfCycles();
        rule.check(ALL);
    }

    @Test
    void packagesOfRuntimeHaveNoCycles() {
        ArchRule rule = slices().matching("logtail.runtime.(*)..").should().beFreeOfCycles();
        rule.check(ALL);
    }

    /** What decides and counts can be tested without a loop, a socket or a file. */
    @Test
    void coreKnowsNoFrameworkAndNoInputOrOutput() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("logtail.core..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.vertx..",
                                "io.netty..",
                                "io.micrometer..",
                                "com.google.protobuf..",
                                "java.net..",
                                "java.nio.channels..",
                                "java.nio.file..")
                        .or(resideInAPackage("java.io..").and(not(harmlessIo()))));
        rule.check(ALL);
    }

    /** Errors to throw, the mark that records and enums carry, and memory that grows. */
    private static DescribedPredicate<JavaClass> harmlessIo() {
        return describe("harmless", type -> List.of(
                        "java.io.ByteArrayOutputStream",
                        "java.io.Serializable",
                        "java.io.UncheckedIOException",
                        "java.io.IOException")
                .contains(type.getName()));
    }

    /** Time is an argument. */
    @Test
    void coreReadsNoClock() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("logtail.core..")
                .should()
                .accessTargetWhere(describe("reads a clock", ArchitectureTest::readsAClock));
        rule.check(ALL);
    }

    private static boolean readsAClock(JavaAccess<?> access) {
        String method = access.getTarget().getName();
        JavaClass owner = access.getTargetOwner();
        return owner.isEquivalentTo(System.class)
                        && List.of("currentTimeMillis", "nanoTime").contains(method)
                || owner.isEquivalentTo(Instant.class) && method.equals("now")
                || owner.isEquivalentTo(LocalDateTime.class) && method.equals("now")
                || owner.isEquivalentTo(Clock.class) && method.startsWith("system");
    }

    /** Every address, codec and delivery option of the bus is in one package. */
    @Test
    void onlyTheBusPackageTouchesTheEventBus() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("logtail.runtime.bus..")
                .should()
                .callMethod(Vertx.class, "eventBus")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(EventBus.class);
        rule.check(ALL);
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage("logtail.cli..")
                .should()
                .accessTargetWhere(describe(
                        "ends the JVM",
                        access -> access.getTargetOwner().isEquivalentTo(System.class)
                                        && access.getTarget().getName().equals("exit")
                                || access.getTargetOwner().isEquivalentTo(Runtime.class)
                                        && List.of("exit", "halt")
                                                .contains(access.getTarget().getName())));
        rule.check(ALL);
    }

    /** D29: what a stranger sends is matched in linear time. */
    @Test
    void queriesMatchWithRe2Only() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("logtail.core.query..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex..")
                .orShould()
                .accessTargetWhere(describe(
                        "is a regex method of String",
                        access -> access.getTargetOwner().isEquivalentTo(String.class)
                                && List.of("matches", "replaceAll", "replaceFirst", "split")
                                        .contains(access.getTarget().getName())));
        rule.check(ALL);
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIs() {
        List<String> unmarked = ALL.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(one -> !one.getName().startsWith(GENERATED))
                .filter(one -> !isNullMarked(one))
                .map(JavaPackage::getName)
                .toList();
        assertThat(unmarked).isEmpty();
    }

    private static boolean isNullMarked(JavaPackage one) {
        return one.tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent();
    }
}
