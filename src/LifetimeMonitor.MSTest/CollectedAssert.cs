using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LifetimeMonitoring.MSTest;

#pragma warning disable CA1034 // The analyzer takes an extension block for a nested type.

/// <summary>
/// <c>Assert.IsCollected(…)</c> for C# 14: the same as <c>Assert.That.IsCollected(…)</c> of
/// <see cref="CollectedAssertions"/>.
/// </summary>
[StackTraceHidden]
public static class CollectedAssert
{
    extension(Assert)
    {
        /// <inheritdoc cref="CollectedAssertions.IsCollected(Assert, LifeTimeMonitor)"/>
        public static void IsCollected(LifeTimeMonitor monitor) => Assert.That.IsCollected(monitor);

        /// <inheritdoc cref="CollectedAssertions.IsCollected(Assert, WeakReference)"/>
        public static void IsCollected(WeakReference reference) => Assert.That.IsCollected(reference);

        /// <inheritdoc cref="CollectedAssertions.IsCollected{T}(Assert, WeakReference{T})"/>
        public static void IsCollected<T>(WeakReference<T> reference)
            where T : class => Assert.That.IsCollected(reference);

        /// <inheritdoc cref="CollectedAssertions.IsCollected{T}(Assert, Func{T}, Action{T}?, string?, string?, string?, int)"/>
        public static void IsCollected<T>(
            Func<T> create,
            Action<T>? use = null,
            [CallerArgumentExpression(nameof(create))] string? expression = null,
            [CallerMemberName] string? member = null,
            [CallerFilePath] string? filePath = null,
            [CallerLineNumber] int line = 0)
            where T : class => Assert.That.IsCollected(create, use, expression, member, filePath, line);

        /// <inheritdoc cref="CollectedAssertions.IsNotCollected(Assert, LifeTimeMonitor)"/>
        public static void IsNotCollected(LifeTimeMonitor monitor) => Assert.That.IsNotCollected(monitor);
    }
}
