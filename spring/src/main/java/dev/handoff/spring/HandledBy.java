package dev.handoff.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a method of a bean the handler of a task type. It is found on the class that the bean is
/// declared with, which for a `@Bean` method is its return type. Its first parameter is the
/// request; a [dev.handoff.TaskContext] may follow. It returns the result, an [dev.handoff.Outcome]
/// of it, or nothing, for a type without a result ([dev.handoff.NoResult]).
///
/// ```java
/// @HandledBy("summary")
/// Summary summarise(Notes notes, TaskContext task) throws Exception { … }
/// ```
///
/// If there is a [dev.handoff.TaskType] bean of this name, the type has its policy, and the method
/// has to take and return its types, with their type arguments. Otherwise the type is made of the
/// method's types, with the default policy; submit with a `TaskType.of` of the same name and types.
/// For the rest it is as with a [dev.handoff.HandledType] bean: [dev.handoff.Handler] says what
/// holds for a handler. A bean that is not made at the start is made when the first task of the
/// type runs, and one with the scope `prototype` for each attempt.
///
/// A method that does not fit refuses the start, with its name and what it should look like.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface HandledBy {
  /// The name of the task type.
  String value();
}
