package dev.todo.auth;

import static java.nio.charset.CodingErrorAction.REPLACE;
import static java.nio.charset.CodingErrorAction.REPORT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.todo.http.problem.ConstraintViolations;
import dev.todo.http.problem.Refusal;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.HashMap;

/** Reads {@link LogInForm}s. The framework's form reader requires a Content-Length, and parses the whole form. */
@Singleton
class LogInFormReader {

    private final Validator validator;

    LogInFormReader(Validator validator) {
        this.validator = validator;
    }

    /** Fails with 400 if the body is not a form, and with 422 if a field is missing. */
    LogInForm read(byte[] body) {
        var members = new HashMap<String, String>();
        LogInForm form;
        try {
            for (var member : new String(body, ISO_8859_1).split("&")) {
                var nameAndValue = member.split("=", 2);
                if (nameAndValue.length == 2) {
                    members.putIfAbsent(decode(nameAndValue[0], REPLACE), nameAndValue[1]);
                }
            }
            // No address contains a replacement character, but a password might
            form = new LogInForm(decode(members.get("username"), REPLACE), decode(members.get("password"), REPORT));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw Refusal.malformed("The body is not a valid form in UTF-8.");
        }
        ConstraintViolations.refuse(validator.validate(form));
        return form;
    }

    private static String decode(String text, CodingErrorAction malformed) throws CharacterCodingException {
        if (text == null) {
            return null;
        }
        var bytes = URLDecoder.decode(text, ISO_8859_1).getBytes(ISO_8859_1);
        return UTF_8.newDecoder()
                .onMalformedInput(malformed)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
