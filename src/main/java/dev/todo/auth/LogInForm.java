package dev.todo.auth;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The log-in form, with OAuth's names. Other fields that OAuth clients send are ignored. */
@Schema(name = "LoginForm")
record LogInForm(
        @NotNull(message = "is required") @Pattern(regexp = STORABLE, message = "must not contain U+0000")
        String username,

        @NotNull(message = "is required") @Pattern(regexp = STORABLE, message = "must not contain U+0000")
        String password) {

    private static final String STORABLE = "[^\\x00]*";

    LogInRequest toRequest() {
        return new LogInRequest(username, password);
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return username;
    }
}
