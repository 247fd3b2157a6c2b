namespace LifetimeMonitoring.Diagnosis;

/// <summary>The outcome of some code, in the form of an async method's task.</summary>
internal static class Outcome
{
    /// <summary>A task that has ended with the result or the exception of the code.</summary>
    public static Task<T> Of<T>(Func<T> code)
    {
        var task = new TaskCompletionSource<T>();
        Set(task, code);
        return task.Task;
    }

    /// <summary>The task of code that threw.</summary>
    public static Task<T> Failed<T>(Exception exception)
    {
        var task = new TaskCompletionSource<T>();
        Fail(task, exception);
        return task.Task;
    }

    /// <summary>Ends a task with the result or the exception of the code.</summary>
    public static void Set<T>(TaskCompletionSource<T> task, Func<T> code)
    {
        try
        {
            _ = task.TrySetResult(code());
        }
#pragma warning disable CA1031 // The task carries it to the method that awaits it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(task, e);
        }
    }

    private static void Fail<T>(TaskCompletionSource<T> task, Exception exception) =>
        _ = exception is OperationCanceledException cancelled
            ? task.TrySetCanceled(cancelled.CancellationToken)
            : task.TrySetException(exception);
}
