using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>
/// The variables of the code that makes the check: locals of methods on the stack, also those that a lambda captured,
/// variables of the asynchronous method that awaits the check, and fields of the test class.
/// </summary>
internal static class OwnVariables
{
    /// <summary>Whether a step's reference is such a variable.</summary>
    public static bool Is(NamedPath path, int step) => step switch
    {
        0 => path.Root.IsStack,
        _ when path.Steps[step - 1].Type is { IsTestClass: true } => path.Steps[step].Kind == ReferenceKind.Field,
        _ => path.Steps[step].Kind switch
        {
            ReferenceKind.SuspendedMethod => path.Root.IsAwaitOfCheck || IsOfTest(path, step),
            ReferenceKind.CapturedVariable => Is(path, step - 1) && path.Steps[step - 1].Type is { IsClosure: true },
            _ => false,
        },
    };

    /// <summary>Whether the variable belongs to an asynchronous test method.</summary>
    public static bool IsOfTest(NamedPath path, int step) =>
        step > 0
        && path.Steps[step].Kind == ReferenceKind.SuspendedMethod
        && path.Steps[step - 1].Suspended is { IsTest: true };
}
