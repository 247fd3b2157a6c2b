using System.Runtime.CompilerServices;
using LifetimeMonitoring.Reports;
using NUnit.Framework.Constraints;
using Is = NUnit.Framework.Is;
using TextMessageWriter = NUnit.Framework.Internal.TextMessageWriter;

namespace LifetimeMonitoring.NUnit.Tests;

/// <summary>The constraint without a runner.</summary>
public sealed class ConstraintTests
{
    private static object? s_kept;

    [Fact]
    public void The_message_is_the_report_as_it_is()
    {
        LifetimeReport report = LifeTimeMonitor.Track(MakeAndKeep).Check();
        ConstraintResult result = Is.Collected.ApplyTo(report);

        Assert.False(result.IsSuccess);
        Assert.Equal(report + Environment.NewLine, Message(result));
    }

    [Fact]
    public void The_result_holds_the_report_and_never_the_object() =>
        Assert.IsType<LifetimeReport>(Is.Collected.ApplyTo(MakeAndKeep).ActualValue);

    [Fact]
    public void A_report_of_death_passes() =>
        Assert.True(Is.Collected.ApplyTo(LifeTimeMonitor.Track(() => new object()).Check()).IsSuccess);

    [Fact]
    public void A_weak_reference_without_target_passes_and_tells_its_type()
    {
        Assert.True(Is.Collected.ApplyTo(new WeakReference(null)).IsSuccess);
        ConstraintResult negated = Is.Not.Collected.Builder!.Resolve().ApplyTo(new WeakReference<Version>(null!));

        Assert.False(negated.IsSuccess);
        Assert.Contains("<The Version of the WeakReference is dead. ", Message(negated), StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_weak_reference_does_not_see_a_resurrected_object() =>
        Assert.True(Is.Collected.ApplyTo(Weak(trackResurrection: false)).IsSuccess);

    [Fact]
    public void A_long_weak_reference_does() => Assert.False(Is.Collected.ApplyTo(Weak(trackResurrection: true)).IsSuccess);

    [Fact]
    public void Options_can_be_given()
    {
        var withoutPaths = new CollectedConstraint(LifetimeOptions.Default with { Snapshots = [] });

        ConstraintResult result = withoutPaths.ApplyTo(MakeAndKeep);

        Assert.Contains("LifetimeOptions.Snapshots is empty", Message(result), StringComparison.Ordinal);
    }

    [Fact]
    public void The_description_forgets_the_report_when_the_next_object_is_dead()
    {
        IConstraint all = Is.All.Collected.Builder!.Resolve();
        _ = all.ApplyTo(new[] { LifeTimeMonitor.Track(MakeAndKeep) });
        Assert.Contains("is still alive", all.Description, StringComparison.Ordinal);

        _ = all.ApplyTo(new[] { LifeTimeMonitor.Track(() => new object()) });
        Assert.Equal("all items collected", all.Description);
    }

    [Fact]
    public async Task An_asynchronous_delegate_may_bring_a_monitor()
    {
        LifeTimeMonitor monitor = LifeTimeMonitor.Track(MakeAndKeep);

        ConstraintResult result = await Is.Collected.ApplyToAsync(() => Task.FromResult(monitor));

        Assert.Contains("tracked as `MakeAndKeep`", Message(result), StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_refused() => Assert.Throws<ArgumentException>(() => Is.Collected.ApplyTo(actual: (object?)null));

    [Fact]
    public void A_delegate_that_returns_null_is_refused()
    {
        Func<object?> nothing = () => null;

        Assert.Throws<ArgumentException>(() => Is.Collected.ApplyTo(nothing));
    }

    [Fact]
    public void A_task_without_a_result_is_refused() => Assert.Throws<ArgumentException>(() => Is.Collected.ApplyTo(() => Task.Delay(1)));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Weak(bool trackResurrection) => new(new Phoenix(), trackResurrection);

    private static object MakeAndKeep() => s_kept = new object();

    private static string Message(ConstraintResult result)
    {
        using var writer = new TextMessageWriter();
        result.WriteMessageTo(writer);
        return writer.ToString();
    }

    private sealed class Phoenix
    {
        // All of them, in a separate field: finalizers run at any time, one after the other.
        private static readonly List<Phoenix> s_reborn = [];

        ~Phoenix() => s_reborn.Add(this);
    }
}
