package dev.todo.task.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.http.idempotency.IdempotentRequest;
import dev.todo.http.problem.JsonErrors;
import dev.todo.http.problem.Refusal;
import jakarta.validation.Validator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Reads the tasks of a file one by one. Invalid ones are rejected with their row number. */
class ImportedTasks {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Rows rows;
    private final ObjectMapper json;
    private final Validator validator;
    private long number;

    private ImportedTasks(Rows rows, ObjectMapper json, Validator validator) {
        this.rows = rows;
        this.json = json;
        this.validator = validator;
    }

    static ImportedTasks of(InputStream file, ImportFormat format, ObjectMapper json, Validator validator)
            throws IOException {
        return new ImportedTasks(format.rows(text(file), json), json, validator);
    }

    /**
     * Returns the next task; empty at the end. Adds the row to the digest, if there is one:
     * {@link IdempotentRequest#canonical}.
     */
    Optional<ImportedTask> next(MessageDigest digest) throws IOException {
        number++;
        try {
            var row = rows.next();
            if (row.isEmpty()) {
                return Optional.empty();
            }
            if (digest != null) {
                digest.update(IdempotentRequest.canonical(row.get()));
            }
            return Optional.of(ImportedTask.of(row.get(), json, validator));
        } catch (StreamConstraintsException e) {
            throw new InvalidRow(number, RowParser.tooLarge());
        } catch (JsonProcessingException e) {
            throw new InvalidRow(number, JsonErrors.refusal(e));
        } catch (Refusal refusal) {
            throw new InvalidRow(number, refusal);
        } catch (CharacterCodingException e) {
            throw notUtf8();
        } catch (UncheckedIOException e) {
            // The CSV reader wraps IOExceptions in this one
            throw e.getCause() instanceof CharacterCodingException ? notUtf8() : e;
        }
    }

    static Refusal notUtf8() {
        return Refusal.malformed("The body is not valid UTF-8.");
    }

    private static Reader text(InputStream file) throws IOException {
        var text = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8.newDecoder()));
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }
}
