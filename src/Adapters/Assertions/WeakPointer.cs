using System.Runtime.CompilerServices;

namespace LifetimeMonitor.Adapters;

/// <summary>A <see cref="WeakReference"/> or a <see cref="WeakReference{T}"/>, which have no base in common.</summary>
internal sealed class WeakPointer
{
    private readonly object _reference;

    private WeakPointer(object reference) => _reference = reference;

    /// <summary>What a long weak reference shows lives on while its finalizer runs.</summary>
    public bool TrackResurrection => _reference is WeakReference { TrackResurrection: true };

    /// <summary>What can be said of a target that is dead.</summary>
    public TrackedObject Described => new(
        _reference is WeakReference ? "The target of the WeakReference" : $"The {_reference.GetType().GenericTypeArguments[0].Name} of the WeakReference",
        Expression: null,
        Member: null,
        FilePath: null,
        Line: 0);

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

    private static bool IsGeneric(Type? type) => type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(WeakReference<>);
}
