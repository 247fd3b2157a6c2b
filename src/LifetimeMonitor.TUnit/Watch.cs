using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using LifetimeMonitoring.Adapters;
using TUnit.Core;

namespace LifetimeMonitoring.TUnit;

/// <summary>The proof of one test. It begins with the first use of its scope, perhaps before the test starts.</summary>
[StackTraceHidden]
internal sealed class Watch
{
    private const BindingFlags Any =
        BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    // Weak keys: a context holds the arguments of its test, and no path to an argument may begin here.
    private static readonly ConditionalWeakTable<TestContext, Watch> s_watches = [];

    private readonly object _gate = new();
    private int _attempt = -1;
    private Proof? _proof;

    public static LifetimeScope? Current() =>
        TestContext.Current is { } context && IsClaimed(context) ? Of(context).Begun(context)?.Scope : null;

    public static void Begin(TestContext context) => _ = Of(context).Begun(context);

    /// <summary>Fails the test when its claim does not hold.</summary>
    public static async Task EndAsync(TestContext context)
    {
        // Called once for each attribute that applies.
        if (Of(context).Take(context) is not { } proof) return;
        ProofResult result = await proof.EndAsync(EndOf(context)).ConfigureAwait(false);
        if (result.Note is { } note) context.Output.WriteLine(note);
        if (result.Report is { } report && ReportFile.TryWrite(report) is { } file)
            context.Output.AttachArtifact(new Artifact
            {
                File = new FileInfo(file),
                DisplayName = "lifetime-report",
                Description = ReportFile.Description
            });
        if (result.Failure is { } failure) ClaimFailure.Report(context, failure);
    }

    private static Watch Of(TestContext context) => s_watches.GetValue(context, _ => new Watch());

    private static bool IsClaimed(TestContext context) =>
        context.Metadata.TestDetails.HasAttribute<MustBeCollectedAttribute>();

    // TUnit merges the attributes of all levels; reflection tells which level has which.
    private static Claim? ClaimOf(TestContext context)
    {
        TestDetails test = context.Metadata.TestDetails;
        MethodInfo? method = Array.Find(test.ClassType.GetMethods(Any), m =>
            m.Name == test.MethodName && m.GetParameters().Length == test.MethodMetadata.Parameters.Length);
        return method is null ? null : Claim.Of<MustBeCollectedAttribute>(method, test.ClassType);
    }

    // A timed-out test may still be running.
    private static TestEnd EndOf(TestContext context) => context.Execution.Result switch
    {
        { State: TestState.Passed } => TestEnd.Passed,
        { State: TestState.Failed, Exception: not TimeoutException } => TestEnd.Failed,
        _ => TestEnd.Unfinished,
    };

    private Proof? Begun(TestContext context)
    {
        lock (_gate)
        {
            // Another attempt begins again; between two attempts no scope exists.
            if (_attempt == context.Execution.CurrentRetryAttempt) return _proof;
            _attempt = context.Execution.CurrentRetryAttempt;
            return _proof = ClaimOf(context) is { } claim ? Proof.BeginDetached(claim) : null;
        }
    }

    private Proof? Take(TestContext context)
    {
        lock (_gate)
        {
            Proof? proof = Begun(context);
            _proof = null;
            return proof;
        }
    }
}
