using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// Notes that the context of an awaited check did not run, the consequence for the report, and the remedy.
/// </summary>
internal static class ContextNote
{
    /// <summary>The note; null when the context ran every turn.</summary>
    public static string? Of(CallerContext caller)
    {
        if (caller.StalledFor is not { } time) return null;
        string what = caller.Target switch
        {
            null => "The thread pool",
            TaskScheduler scheduler =>
                $"The task scheduler that this check is awaited on ({TypeNames.Of(scheduler.GetType())})",
            var context =>
                $"The synchronization context that this check is awaited on ({TypeNames.Of(context.GetType())})",
        };
        string did = caller.Refusal is { } refusal ? $"threw ({refusal})"
            : caller.Target is null ? $"had no thread for this check within {Quantity.Seconds(time)}"
            : $"ran nothing within {Quantity.Seconds(time)}";
        string meaning = caller.HasRun
            ? ""
            : " Methods that the caller is about to leave may still be on a stack, and hold the object.";
        string called = caller.HasRun ? "as long as it ran" : "for the first look only";
        string missed = caller.MissedCall ? $" LifetimeOptions.BeforeCollect was called {called}." : "";
        string blocked = caller.Target is null ? "the threads of the pool" : "its thread";
        string remedy = caller.Refusal is not null
            ? "Await the check while there is a context to go on in, or use its synchronous form."
            : $"Do not block {blocked} while a check is awaited (Task.Wait, Task.Result): await the check, or use its "
                + "synchronous form.";
        return $"{what} {did}, and the check went on without it.{meaning}{missed} {remedy}";
    }
}
