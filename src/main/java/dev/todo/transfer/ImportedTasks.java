package dev.todo.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.digest.Sha256;
import dev.todo.idempotency.Repeatable;
import dev.todo.problem.Refusal;
import dev.todo.problem.UnreadableJson;
import jakarta.validation.Validator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The valid tasks of a file, some at a time. What is not valid is refused with the number of its row. */
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

    /** So many tasks, or less at the end. */
    List<ImportedTask> next(int most) throws IOException {
        var tasks = new ArrayList<ImportedTask>(most);
        try {
            while (tasks.size() < most) {
                number++;
                var row = rows.next();
                if (row.isEmpty()) {
                    break;
                }
                tasks.add(ImportedTask.of(row.get(), json, validator));
            }
            return tasks;
        } catch (JsonProcessingException e) {
            throw new BadRow(number, UnreadableJson.refusal(e));
        } catch (Refusal refusal) {
            throw new BadRow(number, refusal);
        } catch (CharacterCodingException e) {
            throw notUtf8();
        } catch (UncheckedIOException e) {
            // The CSV reader's way to pass it on
            throw e.getCause() instanceof CharacterCodingException ? notUtf8() : e;
        }
    }

    /** Tells files apart by what their rows say, whatever the order of members and white space; to be read to the end by it. */
    byte[] digest() throws IOException {
        var sha256 = Sha256.started();
        for (var row = rows.next(); row.isPresent(); row = rows.next()) {
            sha256.update(Repeatable.canonical(row.get()));
        }
        return sha256.digest();
    }

    private static Refusal notUtf8() {
        return Refusal.malformed("The body is not UTF-8.");
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
