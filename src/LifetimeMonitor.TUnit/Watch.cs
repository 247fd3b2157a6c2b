using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using LifetimeMonitor.Adapters;
using TUnit.Core;

namespace LifetimeMonitor.TUnit;

/// <summary>The scope of one test, opened when it is first asked for.</summary>
[StackTraceHidden]
internal sealed class Watch
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    // Weak keys: a context holds the arguments of its test, and no path to one of them shall begin here.
    private static readonly ConditionalWeakTable<TestContext, Watch> s_watches = [];

    private readonly object _gate = new();
    private int _attempt = -1;
    private LifetimeScope? _scope;

    public static LifetimeScope? Current() => TestContext.Current is { } context && IsClaimed(context) ? Of(context).Scope(context) : null;

    /// <summary>Throws when the claim does not hold; TUnit adds what is thrown to the test's own failure.</summary>
    public static async Task EndAsync(TestContext context)
    {
        // Called once for each attribute that applies.
        if (Of(context).Take(context) is not { } scope) return;
        Claim claim = IsMadeByMethod(context) ? Claim.SomethingTracked : Claim.WhatIsTracked;
        if (await Proof.FailureAsync(scope, claim, EndOf(context)).ConfigureAwait(false) is { } failure) throw failure;
    }

    private static Watch Of(TestContext context) => s_watches.GetValue(context, _ => new Watch());

    private static bool IsClaimed(TestContext context) => context.Metadata.TestDetails.HasAttribute<MustBeCollectedAttribute>();

    // TUnit throws the attributes of all levels together.
    private static bool IsMadeByMethod(TestContext context)
    {
        TestDetails test = context.Metadata.TestDetails;
        return Array.Exists(test.ClassType.GetMethods(Any), m =>
            m.Name == test.MethodName
            && m.GetParameters().Length == test.MethodMetadata.Parameters.Length
            && m.IsDefined(typeof(MustBeCollectedAttribute), inherit: true));
    }

    // One that is out of time may still be running.
    private static TestEnd EndOf(TestContext context) => context.Execution.Result switch
    {
        { State: TestState.Passed } => TestEnd.Passed,
        { State: TestState.Failed, Exception: not TimeoutException } => TestEnd.Failed,
        _ => TestEnd.Unfinished,
    };

    private LifetimeScope? Scope(TestContext context)
    {
        lock (_gate)
        {
            // Another attempt begins anew; between its end and the next there is no scope.
            if (_attempt == context.Execution.CurrentRetryAttempt) return _scope;
            _attempt = context.Execution.CurrentRetryAttempt;
            return _scope = LifetimeScope.OpenDetached();
        }
    }

    private LifetimeScope? Take(TestContext context)
    {
        lock (_gate)
        {
            LifetimeScope? scope = Scope(context);
            _scope = null;
            return scope;
        }
    }
}
