package dev.todo.admin;

import dev.todo.audit.Audit;
import dev.todo.password.PasswordHasher;
import dev.todo.password.PasswordPolicy;
import dev.todo.settings.Settings;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jboss.logging.Logger;

/**
 * Makes ADMIN_EMAIL an administrator where there is none. Whoever signed up with that address before has proven nothing
 * by it: their account is taken over, with ADMIN_PASSWORD and without its sessions. It goes on trying while the database
 * is away, and nothing waits for it.
 */
@ApplicationScoped
class FirstAdmin {

    private static final Logger LOG = Logger.getLogger(FirstAdmin.class);

    private static final String IS_MISSING = "select not exists (select from users where role = 'admin')";

    // Two replicas that start at once make one: the address is unique, and whoever comes second finds an administrator
    private static final String MAKE = """
            with made as (
                insert into users (id, email, hashed_password, role) select $1, $2, $3, 'admin'
                where not exists (select from users where role = 'admin')
                on conflict (email) do update
                set role = 'admin', disabled = false, hashed_password = excluded.hashed_password
                where users.role <> 'admin'
                returning id
            ), ended as (
                delete from sessions using made where user_id = made.id
            )
            select id from made
            """;

    private final Settings settings;
    private final Pool database;
    private final PasswordHasher passwords;
    private final Vertx vertx;

    FirstAdmin(Settings settings, Pool database, PasswordHasher passwords, Vertx vertx) {
        this.settings = settings;
        this.database = database;
        this.passwords = passwords;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        settings.admin()
                .ifPresent(admin -> vertx.runOnContext(now -> makeUnlessThere(admin)
                        .onFailure()
                        .retry()
                        .withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(30))
                        .indefinitely()
                        .subscribe()
                        .with(made -> LOG.debugf("First administrator made: %s", made))));
    }

    private Uni<Boolean> makeUnlessThere(Settings.AdminSettings admin) {
        return database.query(IS_MISSING)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean(0))
                .chain(isMissing -> isMissing ? make(admin) : Uni.createFrom().item(false));
    }

    private static boolean isMade(RowSet<Row> rows) {
        for (var row : rows) {
            Audit.log("first_admin_made", row.getUUID("id"));
            return true;
        }
        return false;
    }

    private Uni<Boolean> make(Settings.AdminSettings admin) {
        PasswordPolicy.objection(admin.password(), admin.email())
                .ifPresent(objection -> LOG.warnf("ADMIN_PASSWORD %s; better change it soon", objection));
        return passwords
                .hash(admin.password())
                .chain(hash -> database.preparedQuery(MAKE)
                        .execute(Tuple.of(UuidVersion7Strategy.INSTANCE.generateUuid(null), admin.email(), hash)))
                .map(FirstAdmin::isMade);
    }
}
