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

/** Starts the service, or prints why it cannot in one line. */
@QuarkusMain
public class Main {

    public static void main(String... args) {
        ConnectionHandlers.enable();
        try {
            TemporaryDirectory.require();
            // Only quarkus:dev sets this (see pom.xml). Quarkus does not know its launch mode this early.
            var devHome = System.getProperty("dev.home");
            if (devHome != null) {
                ServiceLoader.load(DevelopmentServices.class)
                        .forEach(services -> services.startUnlessConfigured(Path.of(devHome)));
            }
            var environment = Environment.ofProcess();
            if (environment.migrateAtStart()) {
                var isMigrated = MigrationCheck.isMigrated(environment.directDatabase());
                // Skip Flyway and schema validation, which would find nothing and slow down the start. Not in dev mode:
                // it restarts in this process, possibly with a new migration.
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
