package dev.todo.auth;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jboss.resteasy.reactive.RestForm;

/** Log-in as a form, with OAuth's names; members of the form that OAuth clients send besides do not matter here. */
class LoginForm {

    private static final String STORABLE = "[^\\x00]*";

    @RestForm
    @NotNull(message = "must be given")
    @Pattern(regexp = STORABLE, message = "must not contain U+0000")
    String username;

    @RestForm
    @NotNull(message = "must be given")
    @Pattern(regexp = STORABLE, message = "must not contain U+0000")
    String password;

    Login login() {
        return new Login(username, password);
    }
}
