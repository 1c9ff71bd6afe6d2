package dev.todo.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.flyway.FlywayDataSource;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Lets migrations build indexes without blocking writes, because that takes long on large tables. */
@Singleton
@FlywayDataSource("migration")
class NonBlockingMigrations implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        // Otherwise Flyway holds its lock in a transaction, and "create index concurrently" may wait for transactions
        // forever
        configuration
                .getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        // A second replica waits for the first, however long that takes
        configuration.lockRetryCount(-1);
    }
}
