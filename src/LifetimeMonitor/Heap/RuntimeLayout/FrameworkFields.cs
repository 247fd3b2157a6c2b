using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>
/// Internal fields of the framework's types that this folder's users read, by their names. A field that another version
/// names differently is not found: then its value is unknown, never wrong.
/// </summary>
internal static class FrameworkFields
{
    public const string Thread = "System.Threading.Thread";

    public const string ThreadName = "_name", ThreadId = "_managedThreadId";

    /// <summary>
    /// The code that a delegate calls. For a static method the first field leads to a stub, and the second one to the
    /// method.
    /// </summary>
    public const string DelegateCode = "_methodPtr", DelegateStaticCode = "_methodPtrAux";

    /// <summary>
    /// A suspended async method of .NET 11 (runtime async). The runtime makes a subtype for each layout of variables;
    /// none of them is in any metadata.
    /// </summary>
    public const string Continuation = "System.Runtime.CompilerServices.Continuation";

    /// <summary>The task of such a method.</summary>
    public const string ContinuationTask = "System.Runtime.CompilerServices.AsyncHelpers+RuntimeAsyncTask";

    /// <summary>The caller, which is suspended, too.</summary>
    public const string ContinuationNext = "Next";

    public const string LoadContext = "System.Runtime.Loader.AssemblyLoadContext";

    /// <summary>The tables of statics that a loader allocator holds; null when it has no such field.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A field that was trimmed is in no object.")]
    public static FieldInfo? LoaderAllocatorSlots() =>
        Type.GetType("System.Reflection.LoaderAllocator, System.Private.CoreLib")
            ?.GetField("m_slots", BindingFlags.Instance | BindingFlags.NonPublic);
}
