using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Collecting;

/// <summary>
/// An object held by weak handles only: a short one, cleared when nothing but a finalizer can reach the object, and a
/// long one, cleared when its memory is free. The handle is read as a number, so that the check never puts a reference
/// on the stack. The address of the handle also finds the object in a snapshot.
/// </summary>
internal sealed class WeakTarget
{
    private const nint HandleTag = 1;
    private GCHandle _short;
    private GCHandle _long;

    // A watched object may be checked late, when the process ends.
    static WeakTarget() => ProcessEnd.Watch();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public WeakTarget(object target)
    {
        _short = GCHandle.Alloc(target, GCHandleType.Weak);
        _long = GCHandle.Alloc(target, GCHandleType.WeakTrackResurrection);
    }

    ~WeakTarget() => Free();

    /// <summary>Frees the handles now, so that no finalizer has to. The target must not be used afterwards.</summary>
    public void Release()
    {
        Free();
#pragma warning disable CA1816 // It is not disposable, because analyzers would ask for the disposal of monitors.
        GC.SuppressFinalize(this);
#pragma warning restore CA1816
    }

    /// <summary>The address of the cell that contains the object's address in a snapshot.</summary>
    /// <exception cref="InvalidOperationException">A finalizer calls it after this target was finalized.</exception>
    public nint Cell(bool trackResurrection)
    {
        nint handle = GCHandle.ToIntPtr(trackResurrection ? _long : _short);
        return handle != 0 ? handle & ~HandleTag : throw new InvalidOperationException(
            "The monitor is asked by a finalizer, and was itself finalized before: it watches nothing any more. "
            + "Hold it where it lives on, and check there.");
    }

    public unsafe bool IsAlive(bool trackResurrection)
    {
        bool alive = Volatile.Read(ref *(nint*)Cell(trackResurrection)) != 0;
        GC.KeepAlive(this);
        return alive;
    }

    /// <summary>It has its handles: neither a finalizer nor <see cref="Release"/> has freed them.</summary>
    public bool IsHeld => _short.IsAllocated;

    /// <summary>The object's current generation; 0 when it is dead.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Generation() => _long.Target is { } target ? GC.GetGeneration(target) : 0;

    private void Free()
    {
        _short.Free();
        _long.Free();
    }
}
