package dev.todo.task;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.ZoneOffset;
import java.util.Optional;

/** Checks that a recurring task has a due date, and that its rule does not end before it. */
@Constraint(validatedBy = Schedule.Validator.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Schedule {

    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    class Validator implements ConstraintValidator<Schedule, TaskFields> {

        @Override
        public boolean isValid(TaskFields fields, ConstraintValidatorContext context) {
            var violation = violation(fields);
            violation.ifPresent(message -> {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(message)
                        .addPropertyNode("recurrence")
                        .addConstraintViolation();
            });
            return violation.isEmpty();
        }

        private static Optional<String> violation(TaskFields fields) {
            if (fields.recurrence() == null) {
                return Optional.empty();
            }
            if (fields.dueAt() == null) {
                return Optional.of("requires due_at");
            }
            var zone = Optional.ofNullable(fields.timezone()).orElse(ZoneOffset.UTC);
            return fields.recurrence().endsBefore(fields.dueAt(), zone)
                    ? Optional.of("must not end before due_at")
                    : Optional.empty();
        }
    }
}
