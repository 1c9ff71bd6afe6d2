package dev.todo.account;

import dev.todo.auth.password.PasswordHasher;
import dev.todo.auth.password.PasswordPolicy;
import dev.todo.config.Settings;
import dev.todo.observability.AuditLog;
import dev.todo.user.AccessRevocation;
import dev.todo.user.Users;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jboss.logging.Logger;

/**
 * Makes ADMIN_EMAIL an administrator if there is none. An existing account with that address proves nothing about its
 * owner: it gets ADMIN_PASSWORD, and all other access to it is revoked. The replica is not ready until this is done; if
 * the database is unavailable, it keeps retrying.
 */
@ApplicationScoped
@Readiness
class FirstAdmin implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(FirstAdmin.class);

    private static final String IS_MISSING = "select not exists (select from users where role = 'admin')";

    private static final String MAKE = """
            insert into users (id, email, hashed_password, role) select $1, $2, $3, 'admin'
            where not exists (select from users where role = 'admin')
            on conflict (email) do update
            set role = 'admin', disabled = false, hashed_password = excluded.hashed_password
            where users.role <> 'admin'
            returning id
            """;

    private final Settings settings;
    private final Pool database;
    private final PasswordHasher passwords;
    private final Vertx vertx;
    private volatile boolean isThere;

    FirstAdmin(Settings settings, Pool database, PasswordHasher passwords, Vertx vertx) {
        this.settings = settings;
        this.database = database;
        this.passwords = passwords;
        this.vertx = vertx;
        this.isThere = settings.admin().isEmpty();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("First administrator").status(isThere).build();
    }

    void start(@Observes StartupEvent event) {
        settings.admin()
                .ifPresent(admin -> vertx.runOnContext(now -> makeUnlessThere(admin)
                        .onFailure()
                        .retry()
                        .withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(2))
                        .indefinitely()
                        .subscribe()
                        .with(done -> isThere = true)));
    }

    private Uni<Void> makeUnlessThere(Settings.AdminSettings admin) {
        return database.query(IS_MISSING)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0))
                .chain(isMissing -> isMissing ? make(admin) : Uni.createFrom().voidItem());
    }

    private Uni<Void> make(Settings.AdminSettings admin) {
        PasswordPolicy.violation(admin.password(), admin.email())
                .ifPresent(objection -> LOG.warnf("ADMIN_PASSWORD %s. Change it soon", objection));
        return passwords
                .hash(admin.password())
                .chain(hash -> database.withTransaction(connection -> connection
                        // Replicas that start at the same time create one administrator, even if their settings differ
                        .query(Users.LOCK_ADMINISTRATORS)
                        .execute()
                        .chain(() -> connection
                                .preparedQuery(MAKE)
                                .execute(Tuple.of(
                                        UuidVersion7Strategy.INSTANCE.generateUuid(null), admin.email(), hash)))
                        .chain(made -> revokeAccess(made, connection))));
    }

    private static Uni<Void> revokeAccess(RowSet<Row> made, SqlConnection connection) {
        for (var row : made) {
            var id = row.getUUID("id");
            return AccessRevocation.revokeAll(connection, id).invoke(() -> AuditLog.log("first_admin_made", id));
        }
        return Uni.createFrom().voidItem();
    }
}
