using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>
/// The references by which a test framework holds the instance of a test class. There may be twenty of them, they differ
/// from runner to runner, and the reader can change none. So the report shows one line for them.
/// </summary>
internal static class FrameworkHops
{
    public const string Words = "test framework, which holds the instance of the test class";

    /// <summary>The index of the step with the instance; 0 when the path does not begin with a test framework.</summary>
    public static int Before(NamedPath path)
    {
        bool isFrameworks = false;
        for (int i = 0; i < path.Steps.Count - 1; i++)
        {
            NamedStep step = path.Steps[i];
            if (step.Type is { IsTestClass: true } && step.Suspended is null) return isFrameworks ? i : 0;
            bool isOfIt = TestMethods.IsFrameworks(step.Type);
            if (step.Omitted == 0 && !isOfIt && !Ownership.IsOfLibrary(step) && !Containers.Is(step.Type)) return 0;
            isFrameworks |= isOfIt;
        }

        return 0;
    }
}
