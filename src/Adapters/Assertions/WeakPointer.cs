using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.Adapters;

/// <summary>A <see cref="WeakReference"/> or a <see cref="WeakReference{T}"/>, which have no base in common.</summary>
internal sealed class WeakPointer
{
    private readonly object _reference;

    private WeakPointer(object reference) => _reference = reference;

    /// <summary>A long weak reference shows its target until the finalizer of the target has run.</summary>
    public bool TrackResurrection => _reference is WeakReference { TrackResurrection: true };

    /// <summary>The description of a dead target.</summary>
    public TrackedObject Described => new(
        _reference is WeakReference
            ? "The target of the WeakReference"
            : $"The {_reference.GetType().GenericTypeArguments[0].Name} of the WeakReference",
        expression: null,
        member: null,
        filePath: null,
        line: 0);

    public object? Target
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get
        {
            if (_reference is WeakReference weak) return weak.Target;
            object?[] target = [null];
            _ = _reference.GetType().GetMethod(nameof(WeakReference<>.TryGetTarget))!.Invoke(_reference, target);
            return target[0];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static WeakPointer? From(object? actual) => actual is WeakReference || IsGeneric(actual?.GetType())
        ? new WeakPointer(actual!)
        : null;

    private static bool IsGeneric(Type? type) =>
        type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(WeakReference<>);
}
