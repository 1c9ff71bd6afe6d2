package dev.todo.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Has Flyway migrate so that indexes can be built while others write, which takes long where much is stored. */
@Singleton
@FlywayDataSource("migration")
class NonBlockingMigrations implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        // Otherwise a transaction would hold its lock, and "create index concurrently" can wait for transactions for
        // ever
        configuration
                .getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        // Who comes second waits for the first, however long that takes
        configuration.lockRetryCount(-1);
    }
}
