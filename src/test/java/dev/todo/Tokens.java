package dev.todo;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.logIn;

import com.auth0.jwt.JWT;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** The result of a log-in: an access token and the refresh token from the cookie. */
public record Tokens(String access, String refresh) {

    /** The tokens of a new session of the user. */
    public static Tokens of(TodoClient user) {
        return in(logIn(user.email(), PASSWORD));
    }

    /** The tokens in the response to a log-in or refresh. */
    public static Tokens in(Response answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusLine() + " " + answer.asString());
        }
        return new Tokens(answer.path("access_token"), answer.cookie("refresh_token"));
    }

    public String session() {
        return JWT.decode(access).getClaim("sid").asString();
    }

    /** A request with the refresh token's cookie, and without the access token. */
    public RequestSpecification cookie() {
        return anyone().cookie("refresh_token", refresh);
    }

    /** A request with the access token, and without the cookie. */
    public RequestSpecification bearer() {
        return anyone().header("Authorization", "Bearer " + access);
    }

    public Response refreshed() {
        return anyone().contentType("application/json")
                .body(Map.of("refresh_token", refresh))
                .post("/auth/refresh");
    }

    /** Moves the times at which the session's refresh tokens were spent back by that many seconds. */
    public void passSeconds(int seconds) {
        TestDatabase.execute(
                "update sessions set spent_at ="
                        + " array(select spent - make_interval(secs => ?) from unnest(spent_at) spent)"
                        + " where id = ?::uuid",
                seconds,
                session());
    }

    /** The status of a request with the access token. */
    public int status() {
        return bearer().get("/users/me").statusCode();
    }
}
