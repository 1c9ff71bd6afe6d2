package dev.todo.http.body;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An endpoint with its own body limit. It reads the body itself, with {@link ReceivedBody}, when it is ready. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LargeBody {

    /** The limit in bytes. */
    int bytes();
}
