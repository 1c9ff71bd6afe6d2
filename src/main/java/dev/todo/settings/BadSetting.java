package dev.todo.settings;

/** A setting that is missing or wrong. The message names the variable, says what is wrong and holds no secret. */
public class BadSetting extends RuntimeException {

    BadSetting(String variable, String whatIsWrong) {
        super(variable + " " + whatIsWrong);
    }
}
