package dev.todo.settings;

/** A setting that is missing or wrong. The message names the variable, says what is wrong and holds no secret. */
public class InvalidSetting extends RuntimeException {

    InvalidSetting(String variable, String whatIsWrong) {
        super(variable + " " + whatIsWrong);
    }
}
