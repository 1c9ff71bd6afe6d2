package dev.todo.user;

import dev.todo.http.json.Text;
import dev.todo.http.problem.Refusal;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.exception.ConstraintViolationException;

/** A registered user. */
@Entity
@Table(name = "users")
public class User extends PanacheEntityBase {

    @Id
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    public UUID id;

    public String email;
    public String hashedPassword;

    @Enumerated(EnumType.STRING)
    public Role role;

    public boolean disabled;
    public Instant createdAt;
    public Instant lastLoginAt;

    /** Stores a new user; fails with {@link EmailTaken} if another user has the address. */
    public static Uni<User> register(String email, String hashedPassword, Instant now) {
        var user = new User();
        user.email = email;
        user.hashedPassword = hashedPassword;
        user.role = Role.USER;
        user.createdAt = now;
        return user.<User>persistAndFlush()
                .onFailure(ConstraintViolationException.class)
                .transform(violation -> new EmailTaken());
    }

    /** The address as it is stored and looked up: in lower case, without surrounding ASCII whitespace. */
    public static String normalizeEmail(String address) {
        return address == null ? null : Text.toAsciiLowerCase(Text.trimAscii(address));
    }

    public static Uni<User> findByEmail(String email) {
        return find("email", email).firstResult();
    }

    /** Fails with 404 if there is no such user. */
    public static Uni<User> get(UUID id) {
        return User.<User>findById(id).onItem().ifNull().failWith(Refusal::notFound);
    }

    /** Replaces a hash, unless the password has been changed in the meantime. */
    public static Uni<Integer> renewHash(UUID id, String outdated, String hash) {
        return update("hashedPassword = ?1 where id = ?2 and hashedPassword = ?3", hash, id, outdated);
    }
}
