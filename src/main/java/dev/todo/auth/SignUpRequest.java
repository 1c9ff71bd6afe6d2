package dev.todo.auth;

import dev.todo.auth.password.PasswordPolicy;
import dev.todo.config.CredentialRules;
import dev.todo.user.EmailAddress;
import dev.todo.user.User;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Request body for signing up. */
@SignUpRequest.AcceptablePassword
@Schema(
        name = "Credentials",
        description = "An unused e-mail address, and a password with at least " + CredentialRules.MIN_PASSWORD_LENGTH
                + " characters and at most " + CredentialRules.MAX_PASSWORD_BYTES + " bytes")
record SignUpRequest(
        @Schema(examples = "ada@example.com", maxLength = CredentialRules.MAX_EMAIL_LENGTH)
        @NotNull(message = "is required")
        @EmailAddress
        String email,

        @Schema(
                examples = "correct horse battery",
                minLength = CredentialRules.MIN_PASSWORD_LENGTH,
                maxLength = CredentialRules.MAX_PASSWORD_BYTES)
        @NotNull(message = "is required")
        String password) {

    SignUpRequest {
        email = User.normalizeEmail(email);
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return email;
    }

    /** Requires a password that {@link PasswordPolicy} accepts. */
    @Constraint(validatedBy = AcceptablePassword.Validator.class)
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface AcceptablePassword {

        String message() default "";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};

        class Validator implements ConstraintValidator<AcceptablePassword, SignUpRequest> {

            @Override
            public boolean isValid(SignUpRequest credentials, ConstraintValidatorContext context) {
                if (credentials.password() == null) {
                    return true;
                }
                var email = credentials.email() == null ? "" : credentials.email();
                var objection = PasswordPolicy.violation(credentials.password(), email);
                objection.ifPresent(message -> {
                    context.disableDefaultConstraintViolation();
                    context.buildConstraintViolationWithTemplate(message)
                            .addPropertyNode("password")
                            .addConstraintViolation();
                });
                return objection.isEmpty();
            }
        }
    }
}
