package dev.golive;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules between the modules, held against the main classes of all of them. */
@AnalyzeClasses(packages = "dev.golive", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String AWS = "dev.golive.aws..";
    private static final String RAILWAY = "dev.golive.railway..";
    private static final String PROVIDER = "dev.golive.provider..";
    private static final String CHECKS = "dev.golive.checks..";
    private static final String TESTKIT = "dev.golive.testkit..";
    private static final String EXAMPLES = "dev.golive.examples..";

    /** Packages of libraries that golive uses and that its users must not meet. */
    private static final Set<String> HIDDEN_LIBRARIES = Set.of(
            "com.fasterxml.jackson",
            "gg.jte",
            "graphql",
            "org.apache.hc",
            "org.bouncycastle",
            "org.slf4j",
            "org.xbill.DNS",
            "software.amazon.awssdk");

    /** What a user of AWS has anyway, and may give to golive. */
    private static final Set<String> GIVEN_BY_USERS = Set.of(
            "software.amazon.awssdk.auth.credentials.AwsCredentialsProvider",
            "software.amazon.awssdk.http.SdkHttpClient");

    /** Packages of modules without a descriptor. */
    private static final Set<String> EXPORTED_BY_NAME_ONLY = Set.of("dev.golive.aws");

    /** Methods that read the clock, or wait, past the {@code TimeSource}. */
    private static final Map<String, Set<String>> CLOCK = Map.of(
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime"),
            "java.lang.Thread", Set.of("sleep"),
            "java.time.Clock", Set.of("system", "systemDefaultZone", "systemUTC"),
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDate", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"),
            "java.util.concurrent.TimeUnit", Set.of("sleep"));

    /** Methods that change something for the whole virtual machine, which belongs to the host. */
    private static final Map<String, Set<String>> GLOBAL_STATE = Map.of(
            "java.lang.System", Set.of("clearProperty", "setErr", "setIn", "setOut", "setProperties", "setProperty"),
            "java.net.Authenticator", Set.of("setDefault"),
            "java.net.HttpURLConnection", Set.of("setFollowRedirects"),
            "java.net.ProxySelector", Set.of("setDefault"),
            "java.net.URL", Set.of("setURLStreamHandlerFactory"),
            "java.security.Security", Set.of("addProvider", "insertProviderAt", "removeProvider", "setProperty"),
            "java.util.Locale", Set.of("setDefault"),
            "java.util.TimeZone", Set.of("setDefault"),
            "javax.net.ssl.HttpsURLConnection", Set.of("setDefaultHostnameVerifier", "setDefaultSSLSocketFactory"),
            "javax.net.ssl.SSLContext", Set.of("setDefault"));

    @ArchTest
    static final ArchRule the_api_knows_no_other_module = noClasses()
            .that()
            .resideInAPackage("dev.golive..")
            .and()
            .resideOutsideOfPackages(AWS, RAILWAY, PROVIDER, CHECKS, TESTKIT, EXAMPLES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AWS, RAILWAY, PROVIDER, CHECKS, TESTKIT, EXAMPLES)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule checks_do_not_know_the_testkit = noClasses()
            .that()
            .resideInAPackage(CHECKS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AWS, RAILWAY, PROVIDER, TESTKIT, EXAMPLES)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule aws_knows_nobody_but_the_api_and_what_providers_share = noClasses()
            .that()
            .resideInAPackage(AWS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RAILWAY, CHECKS, TESTKIT, EXAMPLES)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule railway_knows_nobody_but_the_api_and_what_providers_share = noClasses()
            .that()
            .resideInAPackage(RAILWAY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AWS, CHECKS, TESTKIT, EXAMPLES)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule what_providers_share_knows_no_provider = noClasses()
            .that()
            .resideInAPackage(PROVIDER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AWS, RAILWAY, CHECKS, TESTKIT, EXAMPLES)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_internals_of_aws_are_its_own = noClasses()
            .that()
            .resideOutsideOfPackage(AWS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.golive.aws.internal..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_internals_of_railway_are_its_own = noClasses()
            .that()
            .resideOutsideOfPackage(RAILWAY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.golive.railway.internal..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_testkit_does_not_know_the_checks = noClasses()
            .that()
            .resideInAPackage(TESTKIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(AWS, RAILWAY, PROVIDER, CHECKS, EXAMPLES)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule time_stands_on_nothing_of_ours = noClasses()
            .that()
            .resideInAPackage("dev.golive.time")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are other classes of golive",
                    type -> isOurs(type.getPackageName())
                            && !type.getPackageName().equals("dev.golive.time")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_model_does_not_know_its_renderers = noClasses()
            .that()
            .resideInAnyPackage("dev.golive", "dev.golive.time")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.golive.report..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothing_public_exposes_what_is_internal_or_a_library = classes()
            .that(DescribedPredicate.describe("are part of the public API", ArchitectureTest::isApi))
            .should(exposeNothingHidden())
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule all_time_comes_from_the_time_source = noClasses()
            .that()
            .resideOutsideOfPackage("dev.golive.time")
            .should()
            .accessTargetWhere(isOneOf("the clock of the machine, or a wait on it,", CLOCK))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule the_virtual_machine_belongs_to_the_host = noClasses()
            .should()
            .accessTargetWhere(isOneOf("state of the whole virtual machine", GLOBAL_STATE))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule libraries_do_not_print = noClasses()
            .that()
            .resideOutsideOfPackages(TESTKIT, EXAMPLES)
            .should()
            .accessTargetWhere(isOneOf("standard output", Map.of("java.lang.System", Set.of("err", "out"))))
            .allowEmptyShould(true);

    /** Without descriptors the rule about the public API would examine nothing and pass. */
    @ArchTest
    static void the_module_descriptors_are_found(JavaClasses classes) {
        boolean hasApi = classes.stream().anyMatch(type -> type.getName().equals("dev.golive.GoLive"));
        assertThat(!hasApi || EXPORTED.containsAll(Set.of("dev.golive", "dev.golive.provider", "dev.golive.railway")))
                .as("exported packages: %s", EXPORTED)
                .isTrue();
    }

    private static final Set<String> EXPORTED = exportedPackages();

    /** The packages that golive's modules export to everyone, read from their descriptors. */
    private static Set<String> exportedPackages() {
        Set<String> exported = new TreeSet<>(EXPORTED_BY_NAME_ONLY);
        try {
            for (URL url :
                    Collections.list(ArchitectureTest.class.getClassLoader().getResources("module-info.class"))) {
                try (InputStream in = url.openStream()) {
                    ModuleDescriptor module = ModuleDescriptor.read(in);
                    if (isOurs(module.name())) {
                        module.exports().stream()
                                .filter(export -> !export.isQualified())
                                .map(ModuleDescriptor.Exports::source)
                                .forEach(exported::add);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return exported;
    }

    private static boolean isOurs(String name) {
        return name.equals("dev.golive") || name.startsWith("dev.golive.");
    }

    private static boolean isApi(JavaClass type) {
        return EXPORTED.contains(type.getPackageName())
                && isVisible(type.getModifiers())
                && type.getEnclosingClass().map(ArchitectureTest::isApi).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }

    private static boolean isHidden(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (GIVEN_BY_USERS.contains(type.getBaseComponentType().getName())) {
            return false;
        }
        return isOurs(name)
                ? !EXPORTED.contains(name)
                : HIDDEN_LIBRARIES.stream().anyMatch(library -> name.equals(library) || name.startsWith(library + "."));
    }

    private static DescribedPredicate<JavaAccess<?>> isOneOf(String what, Map<String, Set<String>> members) {
        return DescribedPredicate.describe(
                what,
                access -> members.getOrDefault(access.getTarget().getOwner().getName(), Set.of())
                        .contains(access.getTarget().getName()));
    }

    private static ArchCondition<JavaClass> exposeNothingHidden() {
        return new ArchCondition<>("expose only the types of golive's exported packages and of the JDK") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Consumer<String> report = message -> events.add(SimpleConditionEvent.violated(type, message));
                hidden(Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream()))
                        .forEach(found -> report.accept(type.getName() + " extends or implements " + found));
                hidden(type.getTypeParameters().stream())
                        .forEach(found -> report.accept(type.getName() + " is bounded by " + found));
                type.getMembers().stream()
                        .filter(member -> isVisible(member.getModifiers()))
                        .forEach(member -> hidden(typesOf(member))
                                .forEach(found -> report.accept(member.getFullName() + " exposes " + found)));
            }
        };
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getTypeParameters().stream(),
                        unit.getExceptionTypes().stream())
                .flatMap(types -> types);
    }

    private static Set<String> hidden(Stream<? extends JavaType> types) {
        return types.map(JavaType::getAllInvolvedRawTypes)
                .flatMap(Collection::stream)
                .filter(ArchitectureTest::isHidden)
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
