package dev.todo;

import dev.todo.config.Environment;
import dev.todo.config.InvalidSetting;
import dev.todo.database.MigrationCheck;
import dev.todo.development.DevelopmentServices;
import dev.todo.http.connection.ConnectionHandlers;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Starts the service, or says in one line why it cannot. */
@QuarkusMain
public class Main {

    public static void main(String... args) {
        ConnectionHandlers.enable();
        try {
            TemporaryDirectory.require();
            // Set by quarkus:dev alone, see pom.xml; Quarkus itself does not know its launch mode this early
            var devHome = System.getProperty("dev.home");
            if (devHome != null) {
                ServiceLoader.load(DevelopmentServices.class)
                        .forEach(services -> services.startUnlessConfigured(Path.of(devHome)));
            }
            var environment = Environment.ofProcess();
            if (environment.migrateAtStart()) {
                var isMigrated = MigrationCheck.isMigrated(environment.directDatabase());
                // Flyway and a look at the schema would find nothing, as slowly as all else. Dev mode starts
                // anew in this very process, perhaps with a migration more
                if (isMigrated && devHome == null) {
                    System.setProperty("MIGRATE_AT_START", "false");
                }
            }
        } catch (InvalidSetting e) {
            System.err.println("todo-service cannot start: " + e.getMessage());
            System.exit(1);
        }
        Quarkus.run(args);
    }
}
