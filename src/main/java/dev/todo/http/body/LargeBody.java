package dev.todo.http.body;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A call with a limit of its own for bodies. It reads the body itself, by {@link ReceivedBody}, when it wants to. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LargeBody {

    /** The limit in bytes. */
    int bytes();
}
