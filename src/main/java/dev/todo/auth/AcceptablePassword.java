package dev.todo.auth;

import dev.todo.auth.password.PasswordPolicy;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Credentials whose password {@link PasswordPolicy} has no objection to. */
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
