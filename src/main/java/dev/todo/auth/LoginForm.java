package dev.todo.auth;

import jakarta.validation.constraints.NotNull;
import org.jboss.resteasy.reactive.RestForm;

/** Log-in as a form, with OAuth's names; members of the form that OAuth clients send besides do not matter here. */
class LoginForm {

    @RestForm
    @NotNull(message = "must be given")
    String username;

    @RestForm
    @NotNull(message = "must be given")
    String password;

    Login login() {
        return new Login(username, password);
    }
}
