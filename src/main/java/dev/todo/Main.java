package dev.todo;

import dev.todo.settings.BadSetting;
import dev.todo.settings.DatabaseWait;
import dev.todo.settings.DevelopmentDatabase;
import dev.todo.settings.Environment;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service, or says in one line why it cannot. */
@QuarkusMain
public class Main {

    public static void main(String... args) {
        try {
            if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
                DevelopmentDatabase.startUnlessConfigured();
            }
            var environment = Environment.ofProcess();
            if (environment.migrateAtStart()) {
                DatabaseWait.until(environment.directDatabase());
            }
        } catch (BadSetting e) {
            System.err.println("todo-service cannot start: " + e.getMessage());
            System.exit(1);
        }
        Quarkus.run(args);
    }
}
