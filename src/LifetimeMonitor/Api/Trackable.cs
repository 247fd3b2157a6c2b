using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace LifetimeMonitoring;

/// <summary>Refuses objects whose lifetime proves nothing, with the reason.</summary>
internal static class Trackable
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static string RequiredTypeName(object? target, string parameter)
    {
        ArgumentNullException.ThrowIfNull(target, parameter);
        string name = Naming.TypeNames.Of(target.GetType());
        if (target is ValueType)
        {
            throw new ArgumentException(
                $"{name} is a value type: the box you pass is a copy that dies at once and says nothing about your value. "
                + "Track the object that contains it.",
                parameter);
        }

        if (target is AssemblyLoadContext { IsCollectible: false })
        {
            throw new ArgumentException(
                "This AssemblyLoadContext can never be unloaded: make it with isCollectible: true.",
                parameter);
        }

        if (GC.GetGeneration(target) > GC.MaxGeneration)
        {
            throw new ArgumentException(
                $"This {name} can never be collected: it lies in the runtime's frozen heap, as string literals and typeof(…) do. "
                + "Track an object made at run time.",
                parameter);
        }

        return name;
    }

    /// <summary>The same for an object that a factory made.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void RequireMade(object? target, string parameter)
    {
        if (target is null) throw new ArgumentException("The factory returned null: there is no object to track.", parameter);
        if (target is Task)
        {
            throw new ArgumentException(
                "The factory returned a task, and the task is not the object it will bring: "
                + "await LifeTimeMonitor.TrackAsync(…) instead. To track a task itself, use new LifeTimeMonitor(task).",
                parameter);
        }
    }

    /// <summary>
    /// Refuses an <c>async void</c> lambda: nobody can wait for its end, and the check would be made in the middle of
    /// it.
    /// </summary>
    /// <param name="use">The lambda, or null.</param>
    /// <param name="parameter">The name of its parameter.</param>
    /// <param name="instead">The advice: the call to write instead.</param>
    public static void RequireSynchronous(Delegate? use, string parameter, string instead = "await LifeTimeMonitor.TrackAsync(…)")
    {
        if (use is null || !use.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false)) return;
        throw new ArgumentException(
            "The use is an async lambda that nobody waits for (async void): the check would be made in the middle of it. "
            + $"{instead} instead.",
            parameter);
    }
}
