using System.Reflection;
using System.Reflection.Emit;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class DynamicAssemblies
{
    private static object? s_holder;

    public static Row[] Rows => [HeldByInstance, HeldByItsOwnStatic];

    private static Row HeldByInstance => Row.Made(
        "object of an emitted collectible type, held by an instance",
        () =>
        {
            object emitted = Activator.CreateInstance(Emit())!;
            s_holder = new object[] { emitted };
            return emitted;
        },
        _ => s_holder = null);

    private static Row HeldByItsOwnStatic => Row.Of(
        "static field of an emitted collectible type",
        leaked =>
        {
            Type type = Emit();
            type.GetField("Last")!.SetValue(null, leaked);
            s_holder = type;
        },
        _ => s_holder = null);

    private static Type Emit()
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("Emitted"), AssemblyBuilderAccess.RunAndCollect);
        TypeBuilder type = assembly.DefineDynamicModule("Emitted").DefineType("Emitted.Thing", TypeAttributes.Public);
        _ = type.DefineField("Last", typeof(object), FieldAttributes.Public | FieldAttributes.Static);
        return type.CreateType();
    }
}
