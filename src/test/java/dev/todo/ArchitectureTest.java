package dev.todo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Checks the dependency rules of CONTRIBUTING.md. */
@AnalyzeClasses(packages = "dev.todo", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packages_have_no_cyclic_dependencies =
            slices().matching("dev.todo.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule source_files_have_no_cyclic_dependencies =
            slices().assignedFrom(files()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule tasks_depend_on_users_but_not_on_authentication = noClasses()
            .that()
            .resideInAPackage("dev.todo.task..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.todo.auth..", "dev.todo.account..");

    @ArchTest
    static final ArchRule users_depend_on_no_other_feature = noClasses()
            .that()
            .resideInAPackage("dev.todo.user..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.todo.account..", "dev.todo.auth..", "dev.todo.task..");

    @ArchTest
    static final ArchRule shared_packages_depend_on_no_feature = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.todo.config..",
                    "dev.todo.database..",
                    "dev.todo.digest..",
                    "dev.todo.http..",
                    "dev.todo.observability..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.todo.account..", "dev.todo.auth..", "dev.todo.user..", "dev.todo.task..");

    @ArchTest
    static final ArchRule the_configuration_depends_on_no_other_package_of_ours = noClasses()
            .that()
            .resideInAPackage("dev.todo.config..")
            .should()
            .dependOnClassesThat(areOursOutside("dev.todo.config.."));

    @ArchTest
    static final ArchRule problems_depend_on_no_other_package_of_ours_except_internals = noClasses()
            .that()
            .resideInAPackage("dev.todo.http.problem..")
            .should()
            .dependOnClassesThat(areOursOutside("dev.todo.http.problem..", "..internals.."));

    @ArchTest
    static final ArchRule only_internals_depend_on_library_internals = noClasses()
            .that()
            .resideOutsideOfPackage("dev.todo..internals..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.oracle.svm..",
                    "io.netty..internal..",
                    "io.opentelemetry..internal..",
                    "io.vertx..impl..",
                    "org.jboss.resteasy.reactive.server.core..");

    @ArchTest
    static final ArchRule http_internals_depend_on_no_other_package_of_ours = noClasses()
            .that()
            .resideInAPackage("dev.todo.http.internals..")
            .should()
            .dependOnClassesThat(areOursOutside("dev.todo.http.internals.."));

    @ArchTest
    static final ArchRule entities_never_cross_the_wire = methods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Path.class)
            .and()
            .arePublic()
            .should(nameNoEntity());

    @ArchTest
    static final ArchRule queries_live_on_their_entity =
            noClasses().that().areNotAnnotatedWith(Entity.class).should().callMethodWhere(isPanacheStatic());

    @ArchTest
    static final ArchRule endpoint_methods_are_public =
            methods().that().areMetaAnnotatedWith(HttpMethod.class).should().bePublic();

    @ArchTest
    static final ArchRule endpoints_declare_whether_they_are_cancelled_when_the_client_disconnects = methods()
            .that()
            .areMetaAnnotatedWith(HttpMethod.class)
            .and()
            .haveRawReturnType(Uni.class)
            .should()
            .beDeclaredInClassesThat()
            .areAnnotatedWith(Cancellable.class);

    @ArchTest
    static final ArchRule packages_are_named_after_their_purpose =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..service..", "..dto..", "..impl..");

    @ArchTest
    static final ArchRule entity_fields_are_public_as_Panache_intends = fields().that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Entity.class)
            .and()
            .areNotStatic()
            .should()
            .bePublic();

    @ArchTest
    static final ArchRule dependencies_arrive_through_the_constructor =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("jakarta.inject.Inject");

    /** Includes type arguments, such as those of a Uni or a list. */
    private static ArchCondition<JavaMethod> nameNoEntity() {
        return new ArchCondition<>("name no entity in their signature") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .filter(type -> type.isAnnotatedWith(Entity.class))
                        .forEach(entity -> events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " names " + entity.getSimpleName())));
            }
        };
    }

    private static DescribedPredicate<JavaClass> areOursOutside(String... packages) {
        return JavaClass.Predicates.resideInAPackage("dev.todo..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(packages));
    }

    private static SliceAssignment files() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return SliceIdentifier.of(file(type));
            }

            @Override
            public String getDescription() {
                return "files";
            }
        };
    }

    private static String file(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::file).orElseGet(type::getFullName);
    }

    private static DescribedPredicate<JavaMethodCall> isPanacheStatic() {
        return DescribedPredicate.describe(
                "it is a static of Panache",
                call -> call.getTarget()
                        .resolveMember()
                        .filter(method -> method.getModifiers().contains(JavaModifier.STATIC))
                        .filter(method -> method.getOwner().isEquivalentTo(PanacheEntityBase.class))
                        .isPresent());
    }
}
