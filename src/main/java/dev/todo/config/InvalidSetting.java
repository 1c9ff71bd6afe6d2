package dev.todo.config;

/** A missing or invalid setting. The message names the variable, says what is wrong and contains no secret. */
public class InvalidSetting extends RuntimeException {

    public InvalidSetting(String variable, String whatIsWrong) {
        super(variable + " " + whatIsWrong);
    }
}
