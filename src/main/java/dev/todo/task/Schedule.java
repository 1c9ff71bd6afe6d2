package dev.todo.task;

import dev.todo.task.recurrence.Recurrence;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.time.ZoneId;
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

    /** What is checked. */
    interface Scheduled {

        Instant dueAt();

        Recurrence recurrence();

        ZoneId timezone();
    }

    class Validator implements ConstraintValidator<Schedule, Scheduled> {

        @Override
        public boolean isValid(Scheduled task, ConstraintValidatorContext context) {
            var violation = violation(task);
            violation.ifPresent(message -> {
                context.disableDefaultConstraintViolation();
                context.buildConstraintViolationWithTemplate(message)
                        .addPropertyNode("recurrence")
                        .addConstraintViolation();
            });
            return violation.isEmpty();
        }

        private static Optional<String> violation(Scheduled task) {
            if (task.recurrence() == null) {
                return Optional.empty();
            }
            if (task.dueAt() == null) {
                return Optional.of("requires due_at");
            }
            var zone = Optional.ofNullable(task.timezone()).orElse(ZoneOffset.UTC);
            return task.recurrence().endsBefore(task.dueAt(), zone)
                    ? Optional.of("must not end before due_at")
                    : Optional.empty();
        }
    }
}
