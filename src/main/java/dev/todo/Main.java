package dev.todo;

import dev.todo.settings.BadSetting;
import dev.todo.settings.DatabaseWait;
import dev.todo.settings.DevelopmentServices;
import dev.todo.settings.Environment;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.ServiceLoader;

/** Starts the service, or says in one line why it cannot. */
@QuarkusMain
public class Main {

    public static void main(String... args) {
        try {
            if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
                ServiceLoader.load(DevelopmentServices.class).forEach(DevelopmentServices::startUnlessConfigured);
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
