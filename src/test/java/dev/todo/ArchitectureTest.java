package dev.todo;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

/** The dependency rules of CONTRIBUTING.md, made executable. */
@AnalyzeClasses(packages = "dev.todo", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule features_do_not_know_each_other_in_circles =
            slices().matching("dev.todo.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule tasks_know_users_but_not_how_they_log_in = noClasses()
            .that()
            .resideInAPackage("dev.todo.task..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.todo.auth..");

    @ArchTest
    static final ArchRule users_know_no_other_feature = noClasses()
            .that()
            .resideInAPackage("dev.todo.user..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.todo.auth..", "dev.todo.task..");

    @ArchTest
    static final ArchRule what_all_use_knows_no_feature = noClasses()
            .that()
            .resideInAnyPackage("dev.todo.problem..", "dev.todo.http..", "dev.todo.settings..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.todo.auth..", "dev.todo.user..", "dev.todo.task..");

    @ArchTest
    static final ArchRule problems_know_nothing_else_of_ours = noClasses()
            .that()
            .resideInAPackage("dev.todo.problem..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.todo.http..", "dev.todo.settings..");

    @ArchTest
    static final ArchRule entities_never_cross_the_wire = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Path.class)
            .and()
            .arePublic()
            .should()
            .haveRawReturnType(assignableTo(PanacheEntityBase.class));

    @ArchTest
    static final ArchRule endpoint_methods_are_public =
            methods().that().areMetaAnnotatedWith(HttpMethod.class).should().bePublic();

    @ArchTest
    static final ArchRule packages_are_named_after_what_they_are_for =
            noClasses().should().resideInAnyPackage("..util..", "..common..", "..service..", "..dto..", "..impl..");

    @ArchTest
    static final ArchRule columns_are_public_as_Panache_intends = fields().that()
            .areDeclaredInClassesThat()
            .areAnnotatedWith(Entity.class)
            .and()
            .areNotStatic()
            .should()
            .bePublic();

    @ArchTest
    static final ArchRule dependencies_arrive_through_the_constructor =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("jakarta.inject.Inject");
}
