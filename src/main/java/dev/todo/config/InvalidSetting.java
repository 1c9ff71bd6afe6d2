package dev.todo.config;

/** A setting that is missing or wrong. The message names the variable, says what is wrong and holds no secret. */
public class InvalidSetting extends RuntimeException {

    public InvalidSetting(String variable, String whatIsWrong) {
        super(variable + " " + whatIsWrong);
    }
}
