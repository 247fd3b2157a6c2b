using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LifetimeMonitoring.Tests.House;

/// <summary>
/// State that outlives a check is made in one place, <c>LifetimeEngine</c>, where a test can reset it. The other classes
/// with static state are listed here, each for a reason.
/// </summary>
public sealed class StaticStateTests
{
    private const BindingFlags AllStatic =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] s_root = ["LifetimeEngine"];

    // The user sets it, or an adapter does.
    private static readonly string[] s_settings = ["LifetimeOptions", "LifetimeScope"];

    // Machine code stays mapped and signal handlers stay installed; children and files stay until they are ended.
    private static readonly string[] s_process =
    [
        "ActiveClones", "ActiveDumps", "CloneCode", "CloneReaper", "CloneRequests", "CrashGuard", "ReferenceCode",
        "SpawnedProcess", "Watchdog",
    ];

    // The runtime does these things to the whole process.
    private static readonly string[] s_runtime = ["HeapFreeze", "Interruption", "ProcessEnd", "ThreadDataLayout"];

    // Facts about the runtime or the types of this process, which never change.
    private static readonly string[] s_facts =
    [
        "CollectibleStatics", "ContinuationLayout", "ContractDescriptor", "DebuggingComponent", "FieldLayout", "FrameLayout",
        "InstalledAssemblies", "Instructions", "NativeReferences", "RuntimeModule", "ShapeRules", "TypeNames",
    ];

    // A snapshot shows the running checks by it, as near to a root as can be.
    private static readonly string[] s_roots = ["AwaitedChecks"];

    [Fact]
    public void Only_the_composition_root_and_the_listed_classes_have_static_state()
    {
        string[] listed = [.. new[] { s_root, s_settings, s_process, s_runtime, s_facts, s_roots }.SelectMany(n => n)];
        string[] found =
        [
            .. typeof(LifeTimeMonitor).Assembly.GetTypes()
                .Where(t => t.Namespace?.StartsWith(nameof(LifetimeMonitoring), StringComparison.Ordinal) == true)
                .Where(t => !t.Name.Contains('<', StringComparison.Ordinal))
                .Where(t => t.GetFields(AllStatic).Any(IsState))
                .Select(t => t.Name),
        ];
        Assert.Equal("", string.Join(", ", found.Except(listed)));
        Assert.Equal("", string.Join(", ", listed.Except(found)));
    }

    private static bool IsState(FieldInfo field)
    {
        if (field.IsLiteral || field.Name.StartsWith("<>", StringComparison.Ordinal)) return false;
        if (!field.IsInitOnly) return true;
        Type type = field.FieldType;
        if (type == typeof(object)) return true;
        if (type.IsGenericType)
        {
            Type open = type.GetGenericTypeDefinition();
            return open == typeof(Lazy<>) || open == typeof(Dictionary<,>) || open == typeof(List<>)
                || open == typeof(AsyncLocal<>) || open == typeof(ConditionalWeakTable<,>)
                || open == typeof(ConcurrentQueue<>);
        }

        // A class of ours that changes.
        return type.Assembly == typeof(LifeTimeMonitor).Assembly && type.IsClass
            && type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
                .Any(f => !f.IsInitOnly && !f.Name.EndsWith("k__BackingField", StringComparison.Ordinal));
    }
}
