import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;

/** Calls the API at an address, one call at a time per thread. */
record Api(URI address) {

    static final String PASSWORD = "correct horse battery";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    HttpResponse<String> get(String pathAndQuery, String token) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(address.resolve(pathAndQuery)).header("Authorization", "Bearer " + token));
    }

    HttpResponse<String> post(String path, String mediaType, String body, String token)
            throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(address.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> signUp(String email) throws IOException, InterruptedException {
        return withCredentials("/auth/signup", email, PASSWORD);
    }

    HttpResponse<String> logIn(String email, String password) throws IOException, InterruptedException {
        return withCredentials("/auth/login", email, password);
    }

    /** The access token of a new user. */
    String tokenOfSomebodyNew() throws IOException, InterruptedException {
        var email = UUID.randomUUID() + "@example.com";
        successful(signUp(email));
        return tokenOf(email);
    }

    String tokenOf(String email) throws IOException, InterruptedException {
        var answer = successful(logIn(email, PASSWORD)).body();
        return JSON.readTree(answer).required("access_token").textValue();
    }

    static <T> HttpResponse<T> successful(HttpResponse<T> response) {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response + " " + response.body());
        }
        return response;
    }

    private HttpResponse<String> withCredentials(String path, String email, String password)
            throws IOException, InterruptedException {
        var body = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
        return sent(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
