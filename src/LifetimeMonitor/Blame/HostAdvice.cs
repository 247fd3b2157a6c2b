using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>Services of a host: the program disposes the host, and has no provider of its own.</summary>
internal static class HostAdvice
{
    private const string Injection = "Microsoft.Extensions.DependencyInjection.";

    // Middleware may outlive its host.
    private static readonly string[] s_hosts =
    [
        "Microsoft.Extensions.Hosting.",
        "Microsoft.AspNetCore.Builder.WebApplication",
        "Microsoft.AspNetCore.Hosting.",
        "Microsoft.AspNetCore.Mvc.Testing.",
        "Microsoft.AspNetCore.Server.",
        "Microsoft.AspNetCore.TestHost.",
    ];


    /// <summary>The advice; null where no host holds the service.</summary>
    public static string? For(NamedPath path, int suspect, string leaked)
    {
        if (!Keeps(path, suspect)) return null;
        bool isOfProgram = HostOf(path, suspect) is var host && !Ownership.IsInLibrary(path, host);
        return isOfProgram
            ? $"A host keeps its services as long as it lives, disposed or not: when the {leaked} is done, dispose the "
                + "host and let go of it."
            : $"A host keeps its services until it is disposed: dispose the host when the {leaked} is done.";
    }

    /// <summary>Whether a reference is inside the service provider of a host.</summary>
    public static bool Keeps(NamedPath path, int step) =>
        step > 0
        && (Is(path.Steps[step], Injection) || IsInProvider(path, step))
        && HostOf(path, step) >= 0;

    private static bool IsInProvider(NamedPath path, int step)
    {
        int at = step - 1;
        while (at > 0 && Containers.Is(path.Steps[at].Type)) at--;
        return Is(path.Steps[at], Injection);
    }

    private static int HostOf(NamedPath path, int step)
    {
        for (int i = 0; i < step; i++)
        {
            if (Array.Exists(s_hosts, h => Is(path.Steps[i], h))) return i;
        }

        return -1;
    }

    private static bool Is(NamedStep step, string library) =>
        (step.Suspended?.Bases ?? step.Type?.Bases)?.Any(b => b.StartsWith(library, StringComparison.Ordinal)) == true;
}
