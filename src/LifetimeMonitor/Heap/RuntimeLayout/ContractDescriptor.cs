using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>
/// The runtime's description of its own data structures for debuggers. Since .NET 9 its library exports a
/// <c>DotNetRuntimeContractDescriptor</c> with the offsets of fields and some values (docs/design/datacontracts in
/// dotnet/runtime).
/// </summary>
internal sealed unsafe class ContractDescriptor
{
    private const ulong Magic = 0x0043414443434E44; // "DNCCDAC"
    private const int SizeOffset = 12, TextOffset = 16, PointersOffset = 32, PointerCountOffset = 24;
    private static readonly Lazy<ContractDescriptor?> s_ofThisRuntime = new(Read);
    private readonly JsonElement _root;
    private readonly ulong[] _pointers;

    /// <param name="text">The description.</param>
    /// <param name="pointers">The addresses that it refers to by their indices.</param>
    public ContractDescriptor(ReadOnlyMemory<byte> text, params ulong[] pointers) =>
        (_root, _pointers) = (JsonDocument.Parse(text).RootElement, pointers);

    /// <summary>Null when this runtime exports none.</summary>
    public static ContractDescriptor? OfThisRuntime => s_ofThisRuntime.Value;

    /// <summary>
    /// The version of a contract, or null when the runtime does not keep the contract. .NET 11 writes <c>"c1"</c>, where
    /// .NET 10 writes <c>1</c>.
    /// </summary>
    public int? Version(string contract) => Find("contracts", contract) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetInt32(),
        { ValueKind: JsonValueKind.String } text when text.GetString() is ['c', .. var digits]
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int version) => version,
        _ => null,
    };

    /// <summary>The offset of a field in a structure, or null when the runtime does not publish it.</summary>
    public int? Offset(string type, string field) =>
        Find("types", type) is { ValueKind: JsonValueKind.Object } fields
        && fields.TryGetProperty(field, out JsonElement offset)
            ? First(offset) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null
            : null;

    /// <summary>A published value, or null.</summary>
    public ulong? Global(string name) => Find("globals", name) is not { } global ? null : First(global) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetUInt64(),
        { ValueKind: JsonValueKind.String } text when text.GetString() is ['0', 'x', .. var digits]
            && ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong value) => value,
        _ => null,
    };

    /// <summary>The address of one of the runtime's variables, or null. It is written [[index], type].</summary>
    public ulong? Pointer(string name) =>
        Find("globals", name) is { ValueKind: JsonValueKind.Array } global
        && First(global) is { ValueKind: JsonValueKind.Array } indices
        && First(indices) is { ValueKind: JsonValueKind.Number } index
        && index.TryGetInt32(out int at)
        && at >= 0
        && at < _pointers.Length
            ? _pointers[at]
            : null;

    private JsonElement? Find(string section, string name) =>
        _root.TryGetProperty(section, out JsonElement all) && all.TryGetProperty(name, out JsonElement found)
            ? found
            : null;

    // An entry with a type is written [value, type].
    private static JsonElement First(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0 ? element[0] : element;

    private static ContractDescriptor? Read()
    {
        string library = OperatingSystem.IsWindows() ? "coreclr.dll"
            : OperatingSystem.IsMacOS() ? "libcoreclr.dylib"
            : "libcoreclr.so";
        if (!NativeLibrary.TryLoad(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), library), out nint runtime)
            || !NativeLibrary.TryGetExport(runtime, "DotNetRuntimeContractDescriptor", out nint start)
            || *(ulong*)start != Magic)
        {
            return null;
        }

        try
        {
            return new ContractDescriptor(
                new ReadOnlySpan<byte>(*(void**)(start + TextOffset), *(int*)(start + SizeOffset)).ToArray(),
                new ReadOnlySpan<ulong>(*(void**)(start + PointersOffset), *(int*)(start + PointerCountOffset)).ToArray());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
